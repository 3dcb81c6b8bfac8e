// The deviations: what SQLMesh gave in a step becomes what Teal must give.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { differences } from '../runner/differences';
import { carryHolds } from './carry';
import { NotComputable } from './evaluator';
import { failedAudit } from './failed-audit';
import { carryDone, mergeWorks } from './merge-works';
import { READ_BEFORE } from './read-before';
import { restatementElsewhere } from './restatement-elsewhere';
import { staleChildren } from './stale-children';
import type { Draft, Facts, Rule } from './world';

export interface Deviation {
  readonly name: string;
  readonly situation: string;
  readonly reason: string;
  readonly instead: string;
}

/** The rules that the code has, in the order in which they are applied. */
const rules: readonly Rule[] = [failedAudit, restatementElsewhere, mergeWorks, staleChildren];

/** Names of all rules; one of them is about what Teal shows, and is applied to that. */
export const ruleNames: readonly string[] = [...rules.map(({ name }) => name), READ_BEFORE];

/** The declared deviations; a rule that is not declared is not applied, and one that the code has not is a mistake. */
export function readDeviations(file = join(import.meta.dirname, '../deviations.yaml')): readonly Deviation[] {
  const { rules: declared } = parse(readFileSync(file, 'utf8')) as { rules: Deviation[] };
  for (const { name } of declared)
    if (!ruleNames.includes(name)) throw new Error(`There is no rule ${name}.`);
  return declared;
}

export interface Ruled {
  readonly draft: Draft;
  /** the rules that set what is expected, by key */
  readonly applied: Readonly<Record<string, readonly string[]>>;
  /** why what a rule asks for could not be worked out; such a step fails */
  readonly open: readonly string[];
}

const PLAIN_KEYS = [
  'ok',
  'outcome',
  'plan',
  'executed',
  'audits',
  'failure',
  'intervals',
  'relations',
] as const;

/** Applies every declared rule whose situation is there. */
export async function applyRules(draft: Draft, facts: Facts, declared: readonly Deviation[]): Promise<Ruled> {
  const applied: Record<string, readonly string[]> = {};
  const open: string[] = [];
  let now = draft;
  const attempt = async (rule: string, work: () => Promise<Draft> | Draft) => {
    try {
      const then = await work();
      for (const key of changedKeys(now, then)) applied[key] = [...new Set([...(applied[key] ?? []), rule])];
      now = then;
    } catch (error) {
      if (!(error instanceof NotComputable)) throw error;
      open.push(`the rule ${rule} applies, but what it asks for can't be worked out: ${error.message}`);
    }
  };
  const active = rules.filter(({ name }) => declared.some((one) => one.name === name));
  await attempt(mergeWorks.name, () => carryDone(now, facts));
  for (const { name } of active) await attempt(name, () => carryHolds(now, facts, name));
  for (const rule of active) await attempt(rule.name, () => rule.apply(now, facts));
  return { draft: now, applied, open };
}

function changedKeys(before: Draft, after: Draft): string[] {
  const plain = PLAIN_KEYS.filter((key) => differences(before[key], after[key]).length > 0);
  return before.sources === after.sources ? plain : [...plain, 'tables'];
}
