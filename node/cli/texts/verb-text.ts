import type { Problem } from '../../../shared/base/errors';
import type { Comparison } from '../../../shared/protocol/views/compare';
import type {
  Cleaned,
  EnvironmentList,
  FormatResult,
  LintResult,
  MissingList,
  ProjectFacts,
} from '../../../shared/protocol/views/verbs';
import { count, moment, plural, problemText, table } from '../text';

export function formatText({ check, files, skipped }: FormatResult): string {
  const changed = files.filter((file) => file.changed).map(({ file }) => file);
  const left = skipped.map(({ file, why }) => `Left alone: ${file}, since ${why}.`);
  if (changed.length === 0)
    return [`${plural(files.length, 'file')} laid out as they should be.`, ...left].join('\n');
  const lines = changed.map((file) => (check ? `${file} needs reformatting.` : `Laid out ${file}.`));
  const end = check
    ? [`${plural(changed.length, 'file')} of ${files.length} not laid out as they should be.`]
    : [];
  return [...lines, ...end, ...left].join('\n');
}

export function lintText({ enabled, models, violations, problems }: LintResult): string {
  if (!enabled) return 'The linter is off. Turn it on in config.yaml: linter, enabled true, and rules.';
  const lines = violations.map(({ rule, level, message, place }) => {
    const at = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
    return `${at}  ${level}  ${rule}: ${message}`;
  });
  const errors = violations.filter((one) => one.level === 'error').length;
  const sum = `${plural(models, 'model')}, ${plural(errors, 'error')}, ${plural(violations.length - errors, 'warning')}.`;
  return [...lines, ...problems.map((problem) => problemText(problem as Problem)), sum].join('\n');
}

export function environmentsText({ environments }: EnvironmentList): string {
  if (environments.length === 0) return 'Nothing has been filled yet; plan first.';
  const rows = environments.map((one) => [
    one.name,
    one.live ? 'live' : 'shadow',
    Object.keys(one.models).length,
    one.plannedAt === null ? '' : moment(one.plannedAt),
    one.expiresAt === null ? 'never' : moment(one.expiresAt),
  ]);
  return table(['name', 'state', 'models', 'planned', 'ends'], rows);
}

export function missingText({ environment, models }: MissingList): string {
  const rows = Object.entries(models).map(([model, { count: many, ranges }]) => [
    model,
    many,
    ranges.map(([from, to]) => `${from} to ${to}`).join(', '),
  ]);
  if (rows.length === 0) return `${environment} lacks nothing.`;
  return table(['model', 'intervals', 'missing'], rows);
}

export function cleanedText({ environments, versions, tables, bytes }: Cleaned): string {
  if (environments.length + versions.length + tables.length === 0) return 'There is nothing to take away.';
  return [
    ...environments.map((name) => `${name} ended and is gone.`),
    `${plural(versions.length, 'version')} and ${plural(tables.length, 'table')} taken away, ${count(Math.round(bytes / 1024))} KiB.`,
    ...tables.map(({ table: name }) => `  ${name}`),
  ].join('\n');
}

/** Models whose rows could not be told apart by a key, and what was done instead. */
export function keyNotes(comparison: Comparison): readonly string[] {
  return comparison.models.flatMap(({ model, status, keySource, duplicateKeys, wholeShared }) => {
    if (status === 'added' || status === 'removed' || wholeShared) return [];
    if (duplicateKeys.old + duplicateKeys.new > 0)
      return [`${model}: the key is not unique, so whole rows were compared.`];
    return keySource === 'none' ? [`${model}: no grain and no --on, so whole rows were compared.`] : [];
  });
}

export function factsText(facts: ProjectFacts, verbose: boolean): string {
  const lines = [
    `${plural(facts.macros, 'macro')}, ${plural(facts.audits, 'audit')}, ${plural(facts.tests, 'unit test')}, ${plural(facts.seeds, 'seed')}`,
    ...(facts.connection ? [`Connection: ${facts.connection.detail}.`] : []),
  ];
  const kinds = Object.entries(facts.kinds).map(([kind, many]) => `  ${kind}: ${many}`);
  return [...lines, ...(verbose ? kinds : [])].join('\n');
}
