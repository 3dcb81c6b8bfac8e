import type { Problem } from '../base/errors';
import { ok, type Result } from '../base/result';
import type { StandingAudit } from './audit';
import { listValue, plainValue, propertyOf } from './block';
import type { Model } from './model';
import { readName } from './model-name';
import { describeModel, problemAt } from './model-properties';
import { readQuery } from './model-query';
import type { ReadRules } from './read-model';

/** SQLMesh gives audits nothing of `model_defaults`. */
const DEFAULTS = { start: null, cron: '@daily', kind: 'FULL' };

/**
 * An audit that stands alone, as a model that nothing is made of: planned by its own cron below all that its query reads, and never in
 * the way of anything.
 */
export function standingAudit(
  { audit, block, query }: StandingAudit,
  text: string,
  rules: Pick<ReadRules, 'variables' | 'pythonMacros' | 'catalog' | 'now'>,
): Result<Model> {
  const { name, file } = audit;
  const value = (property: string) => propertyOf(block, property)?.value;
  const of = { file, text, all: block.properties, start: block.start, value };
  const broken = (problem: Problem) => ({ ok: false as const, problem: { ...problem, kept: KEPT } });
  const described = describeModel(of, DEFAULTS, rules.now);
  if ('code' in described) return broken(described);
  const depends: string[] = [];
  for (const item of listValue(value('depends_on') ?? '')) {
    const parent = readName(plainValue(item), rules.catalog);
    if (!parent.ok) return broken(problemAt(of, parent.problem, 'depends_on'));
    depends.push(parent.value);
  }
  const { variables, pythonMacros } = rules;
  const macros = { variables, pythonMacros, values: audit.defaults, definitions: audit.definitions };
  const reads = readQuery({ source: { file, text }, ...query, macros }, new Set());
  if (!reads.ok) return broken(reads.problem);
  const parents = new Set([...reads.value.parents, ...depends]);
  return ok({
    ...{ name, file, text, kind: { name: 'AUDIT' } },
    ...described,
    audits: [{ name, arguments: {}, blocking: false }],
    ownAudits: [audit],
    ...{ query: audit.query, queryStart: query.start, readsItself: false },
    ...{ before: [], after: [], onVirtualUpdate: [], definitions: [], properties: [], blueprint: {} },
    ...{ parents: [...parents].filter((parent) => parent !== name) },
    ...{ tables: reads.value.tables, files: reads.value.files },
  });
}

const KEPT = 'Every model still works, without this audit.';
