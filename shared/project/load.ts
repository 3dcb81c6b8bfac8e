import type { Place, Problem } from '../base/errors';
import { splitStatements } from '../sql/text';
import { readAround } from './around';
import { readAudits, type StandingAudit } from './audit';
import { type Brief, readBrief } from './brief';
import { emptyConfig, type ProjectConfig, readConfig, type Surroundings } from './config';
import { type ExternalModel, readExternalModels, tablesMadeBy } from './external-models';
import { CONFIG_FILES } from './folder-rules';
import { readPythonMacros } from './macros';
import type { Audit, BrokenModel, Model } from './model';
import { outsideProblems, pythonModel } from './outside';
import { ignoring } from './path-pattern';
import { createFileReader, type FileReader, type Reading } from './read-files';
import type { ReadRules } from './read-model';
import { readSourceFile, type SourceFile } from './source-file';
import { standingAudit } from './standing-audits';

/** The text files of a project by path relative to its folder, with `/` between parts. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** A project as typed values; whatever could not be read is a problem beside what could. */
export interface Project {
  readonly name: string;
  readonly config: ProjectConfig;
  readonly models: ReadonlyMap<string, Model>;
  readonly broken: readonly BrokenModel[];
  readonly audits: ReadonlyMap<string, Audit>;
  /** audits that stand alone, as models that nothing is made of */
  readonly standing: ReadonlyMap<string, Model>;
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** tables that models may read and nobody here makes */
  readonly externals: ReadonlyMap<string, ExternalModel>;
  readonly briefs: readonly Brief[];
  readonly brokenBriefs: readonly { readonly file: string; readonly problem: Problem }[];
  readonly docs: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** its model files as they were read, for the next reading */
  readonly reading: Reading;
}

/** Reads a whole project, model files only where they differ from an earlier reading; never fails as a whole. */
export function loadProject(
  files: ProjectFiles,
  folderName: string,
  around: Surroundings = { now: Date.now(), env: () => undefined },
  before?: Reading,
): Project {
  const problems: Problem[] = [];
  const read = loadConfig(files, around, problems);
  const isIgnored = ignoring(read.ignorePatterns);
  const kept = new Map([...files].filter(([path]) => !isIgnored(path)));
  const config = withAround(read, { files, pythonMacros: pythonMacrosOf(kept) }, problems);
  const { audits, standing } = loadAudits(kept, problems);
  const listed = loadExternals(kept, config, problems);
  const made = tablesMadeBy(config.beforeAll, configPath(files) ?? '');
  const sources = loadSources(files, problems);
  const rules = rulesOf(config, { audits, files: kept, now: around.now });
  const reader = createFileReader(rules, before);
  const { models, broken } = loadModels(kept, reader, problems);
  for (const [name, model] of models) {
    const other = name.startsWith('raw.') && sources.has(name.slice(4)) ? 'a source' : listed.get(name)?.file;
    if (other === undefined) continue;
    models.delete(name);
    broken.push({ name, file: model.file, text: model.text, problem: takenName(model, other) });
  }
  problems.push(...broken.map((model) => model.problem), ...outsideProblems(kept));
  const alone = loadStanding({ standing, files: kept, models }, rules, problems);
  const { briefs, brokenBriefs } = loadBriefs(files);
  problems.push(...brokenBriefs.map((brief) => brief.problem));
  return {
    name: titleOf(files) ?? (config.project || folderName),
    config,
    models,
    broken,
    audits,
    standing: alone,
    sources,
    externals: new Map([...made.map((table) => [table.name, table] as const), ...listed]),
    briefs,
    brokenBriefs,
    docs: filesUnder(files, 'docs/', ['.md']),
    problems,
    reading: reader.reading(),
  };
}

/** The configuration that counts, by its path. */
export function configPath(files: ProjectFiles): string | undefined {
  return CONFIG_FILES.find((name) => files.has(name));
}

function loadConfig(files: ProjectFiles, around: Surroundings, problems: Problem[]): ProjectConfig {
  const [file, second] = CONFIG_FILES.filter((name) => files.has(name));
  if (file && second)
    problems.push({
      code: 'config.invalid',
      message: `The project has two configurations, ${file} and ${second}.`,
      place: { file: second, line: 1, column: 1 },
      kept: `${file} is used.`,
      remedy: 'Remove one of them.',
    });
  if (!file) return emptyConfig();
  const read = readConfig(file, files.get(file) ?? '', around);
  problems.push(...(read.ok ? read.value.notes : [read.problem]));
  return read.ok ? read.value : emptyConfig();
}

function rulesOf(
  config: ProjectConfig,
  of: { audits: ReadonlyMap<string, Audit>; files: ProjectFiles; now: number },
): ReadRules {
  return {
    defaults: config.defaults,
    variables: config.variables,
    pythonMacros: pythonMacrosOf(of.files),
    timeFormat: config.timeFormat,
    catalog: config.catalog,
    inferNames: config.inferNames,
    audits: new Set(of.audits.keys()),
    now: of.now,
  };
}

function pythonMacrosOf(files: ProjectFiles): ReadonlyMap<string, Place> {
  const python = [...filesUnder(files, 'macros/', ['.py'])];
  return new Map(python.flatMap(([file, text]) => [...readPythonMacros(file, text)]));
}

function withAround(
  config: ProjectConfig,
  of: { files: ProjectFiles; pythonMacros: ReadonlyMap<string, Place> },
  problems: Problem[],
): ProjectConfig {
  const path = configPath(of.files) ?? '';
  const read = readAround(config, { path, text: of.files.get(path) ?? '' }, of.pythonMacros);
  problems.push(...read.problems);
  return read.config;
}

function loadModels(
  files: ProjectFiles,
  reader: FileReader,
  problems: Problem[],
): { models: Map<string, Model>; broken: BrokenModel[] } {
  const models = new Map<string, Model>();
  const broken: BrokenModel[] = [];
  for (const [file, text] of filesUnder(files, 'models/', ['.sql', '.py'])) {
    if (file.endsWith('.py')) {
      const model = pythonModel(file, text);
      if (model) broken.push(model);
      continue;
    }
    const read = reader.read(file, text);
    if (read.length === 0 && hasNoBlock(text)) problems.push(noBlockProblem(file));
    for (const model of read) {
      const other = 'problem' in model ? undefined : models.get(model.name);
      if ('problem' in model) broken.push(model);
      else if (other) broken.push({ name: model.name, file, text, problem: duplicateName(model, other) });
      else models.set(model.name, model);
    }
  }
  return { models, broken };
}

function hasNoBlock(text: string): boolean {
  const [first] = splitStatements(text);
  return first !== undefined && first.tokens[0]?.text.toUpperCase() !== 'MODEL';
}

function noBlockProblem(file: string): Problem {
  return {
    code: 'model.syntax',
    message: `${file} has no MODEL block, so it is no model.`,
    place: { file, line: 1, column: 1 },
    kept: 'Every model still works.',
    remedy: 'Begin it with MODEL (name schema.table, kind FULL); or move it out of models.',
  };
}

function duplicateName(model: Model, other: Model): Problem {
  const same = model.file === other.file;
  return {
    code: 'model.duplicate',
    message: same
      ? `Two blueprints of ${model.file} give the same name, ${model.name}.`
      : `${model.name} is the name of two models: ${other.file} and ${model.file}.`,
    place: { file: model.file, line: 1, column: 1 },
    kept: same ? 'The first is used.' : `${other.file} is used; ${model.file} is left out.`,
    remedy: 'Give one of them another name.',
  };
}

function takenName(model: Model, other: string): Problem {
  return {
    code: 'model.duplicate',
    message: `${model.name} is the name of a model and of ${other.endsWith('.yaml') ? `a table of ${other}` : other}.`,
    place: { file: model.file, line: 1, column: 1 },
    kept: `${model.file} is left out; every other model still works.`,
    remedy: 'Give one of them another name.',
  };
}

function loadAudits(
  files: ProjectFiles,
  problems: Problem[],
): { audits: Map<string, Audit>; standing: Map<string, StandingAudit> } {
  const audits = new Map<string, Audit>();
  const standing = new Map<string, StandingAudit>();
  for (const [file, text] of filesUnder(files, 'audits/', ['.sql'])) {
    const read = readAudits(file, text);
    problems.push(...read.problems);
    for (const audit of read.audits) {
      const other = audits.get(audit.name);
      if (other) problems.push(duplicateAudit(audit, other));
      else audits.set(audit.name, audit);
    }
    for (const one of read.standing) {
      const other = standing.get(one.audit.name)?.audit;
      if (other) problems.push(duplicateAudit(one.audit, other));
      else standing.set(one.audit.name, one);
    }
  }
  return { audits, standing };
}

function loadStanding(
  {
    standing,
    files,
    models,
  }: {
    standing: ReadonlyMap<string, StandingAudit>;
    files: ProjectFiles;
    models: ReadonlyMap<string, Model>;
  },
  rules: ReadRules,
  problems: Problem[],
): Map<string, Model> {
  const alone = new Map<string, Model>();
  for (const [name, one] of standing) {
    const model = models.get(name);
    const read = model ? undefined : standingAudit(one, files.get(one.audit.file) ?? '', rules);
    if (read?.ok) alone.set(name, read.value);
    else problems.push(read?.problem ?? takenAudit(one.audit, model?.file ?? ''));
  }
  return alone;
}

function takenAudit(audit: Audit, other: string): Problem {
  return {
    code: 'audit.invalid',
    message: `${audit.name} is the name of an audit that stands alone and of a model, ${other}.`,
    place: { file: audit.file, line: 1, column: 1 },
    kept: 'The model is used.',
    remedy: 'Give one of them another name.',
  };
}

function duplicateAudit(audit: Audit, other: Audit): Problem {
  return {
    code: 'audit.invalid',
    message: `${audit.name} is the name of two audits: in ${other.file} and in ${audit.file}.`,
    place: { file: audit.file },
    kept: 'The first is used.',
    remedy: 'Give one of them another name.',
  };
}

function loadExternals(
  files: ProjectFiles,
  config: ProjectConfig,
  problems: Problem[],
): Map<string, ExternalModel> {
  const main = ['external_models.yaml', 'schema.yaml'].find((name) => files.has(name));
  const paths = [...(main ? [main] : []), ...filesUnder(files, 'external_models/', ['.yaml']).keys()];
  const externals = new Map<string, ExternalModel>();
  for (const file of paths) {
    const read = readExternalModels(file, files.get(file) ?? '', config.gateway);
    problems.push(...read.problems);
    for (const model of read.models) if (!externals.has(model.name)) externals.set(model.name, model);
  }
  return externals;
}

function loadSources(files: ProjectFiles, problems: Problem[]): Map<string, SourceFile> {
  const sources = new Map<string, SourceFile>();
  for (const [file, text] of filesUnder(files, 'sources/', ['.yaml'])) {
    const read = readSourceFile(file, text);
    if (!read.ok) problems.push(read.problem);
    else if (sources.has(read.value.name))
      problems.push({
        code: 'source.invalid',
        message: `Two sources are named ${read.value.name}.`,
        place: { file },
        kept: 'The first is used.',
      });
    else sources.set(read.value.name, read.value);
  }
  return sources;
}

function loadBriefs(files: ProjectFiles): {
  briefs: Brief[];
  brokenBriefs: { file: string; problem: Problem }[];
} {
  const briefs: Brief[] = [];
  const brokenBriefs: { file: string; problem: Problem }[] = [];
  for (const [file, text] of filesUnder(files, 'backfills/', ['.yaml'])) {
    const read = readBrief(file, text);
    if (read.ok) briefs.push(read.value);
    else brokenBriefs.push({ file, problem: read.problem });
  }
  return { briefs, brokenBriefs };
}

function titleOf(files: ProjectFiles): string | undefined {
  const heading = /^#\s+(.+)$/m.exec(files.get('docs/index.md') ?? '');
  return heading?.[1]?.trim();
}

function filesUnder(files: ProjectFiles, folder: string, endings: readonly string[]): Map<string, string> {
  const found = [...files].filter(
    ([path]) => path.startsWith(folder) && endings.some((ending) => path.endsWith(ending)),
  );
  return new Map(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
