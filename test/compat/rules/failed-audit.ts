// A failed blocking audit leaves no bad row live: the failed batches' rows never come to the relation, those of finished batches do.
import type { AuditFacts, Ranges, Span } from '../runner/format';
import { auditCount } from './audit-counts';
import { viewRows, withHold } from './carry';
import { NotComputable, type Source } from './evaluator';
import { covers, dayAfter } from './moments';
import { downstreamOf } from './project-models';
import {
  type Draft,
  type Facts,
  modelsIn,
  parentsIn,
  type Rule,
  relationOf,
  sharedWith,
  shownBy,
  wasRewritten,
} from './world';

const NAME = 'failed-audit';

export const failedAudit: Rule = {
  name: NAME,
  async apply(draft, facts) {
    const failed = Object.entries(draft.failure?.models ?? {}).filter(([, { reason }]) => reason === 'audit');
    let now = draft;
    for (const [model] of failed) now = await withoutBadRows(model, now, facts);
    now = await viewsAfter(
      failed.map(([model]) => model),
      now,
      facts,
    );
    return facts.step.command === 'audit' ? auditedAgain(now, facts) : now;
  },
};

async function withoutBadRows(model: string, draft: Draft, facts: Facts): Promise<Draft> {
  const { environment, recorded, before } = facts;
  let now = draft;
  for (const relation of sharedWith(recorded, environment, model)) {
    const old = before.sources[relation];
    if (!wasRewritten(facts, relation) || old === undefined) continue;
    const hold = {
      rule: NAME,
      model,
      environment: shownBy(relation, Object.keys(recorded.intervals)).environment,
    };
    now = withHold(
      now,
      relation,
      hold,
      await keptRows(model, { old, written: now.sources[relation] ?? old }, now, facts),
    );
  }
  return now;
}

/** What was there before, with the batches of this step that were finished. */
async function keptRows(
  name: string,
  { old, written }: { readonly old: Source; readonly written: Source },
  draft: Draft,
  facts: Facts,
): Promise<Source> {
  const { evaluator, environment, models } = facts;
  const { finished, failed } = batches(name, draft, environment);
  if (finished.length === 0) return old;
  const model = models.get(name);
  if (!model) throw new NotComputable(`no file holds ${name}`);
  if (model.kind === 'incremental_by_time_range')
    return evaluator.blend({ model, spans: failed, inside: old, outside: written });
  const parents = parentsIn(environment, draft.sources, models);
  let rows = old;
  for (const span of finished) rows = await evaluator.apply({ model, span, parents, before: rows });
  return rows;
}

function batches(model: string, draft: Draft, environment: string): { finished: Ranges; failed: Ranges } {
  const row = draft.intervals[environment]?.[model];
  const done = [...(row?.done ?? []), ...(row?.done_in_dev_table ?? [])];
  const all = draft.executed[model] ?? [];
  return {
    finished: all.filter((batch) => covers(done, batch)),
    failed: all.filter((batch) => !covers(done, batch)),
  };
}

/** Relations of views that read one of these models and whose rows changed, each after what it reads. */
function viewsBelow(roots: readonly string[], facts: Facts): string[] {
  const environments = Object.keys(facts.recorded.intervals);
  const below = (environment: string) => {
    const models = modelsIn(facts, environment);
    return downstreamOf(models, roots).filter((name) => models.get(name)?.kind === 'view');
  };
  return environments.flatMap((environment) =>
    below(environment)
      .map((name) => relationOf(environment, name))
      .filter((relation) => wasRewritten(facts, relation)),
  );
}

/** Views that read a model whose rows did not change as SQLMesh's did show what they now read. */
async function viewsAfter(roots: readonly string[], draft: Draft, facts: Facts): Promise<Draft> {
  const environments = Object.keys(facts.recorded.intervals);
  const touched = roots.filter((root) => Object.values(draft.holds).some(({ model }) => model === root));
  let now = draft;
  for (const relation of viewsBelow(touched, facts)) {
    const hold = { rule: NAME, ...shownBy(relation, environments) };
    now = withHold(now, relation, hold, await viewRows(relation, facts, now));
  }
  return now;
}

/** Audits run by themselves look at the rows that Teal holds, not at those that SQLMesh left. */
async function auditedAgain(draft: Draft, facts: Facts): Promise<Draft> {
  const held = (row: AuditFacts) => draft.holds[row.model]?.rule === NAME && !row.skipped;
  if (!draft.audits.some(held)) return draft;
  const span = askedFor(facts);
  const audits: AuditFacts[] = [];
  for (const row of draft.audits) {
    const [model, rows] = [facts.models.get(row.model), draft.sources[row.model]];
    if (!held(row) || !model || rows === undefined) audits.push(row);
    else {
      const look = { row, model, rows, span, own: facts.ownAudits };
      audits.push({ ...row, failed_rows: await auditCount(look, facts.evaluator) });
    }
  }
  return { ...draft, audits, ok: audits.every((row) => !row.failed_rows) };
}

/** A day without a time is whole, as the end too. */
function askedFor({ step }: Facts): Span {
  const { start, end } = step.options;
  if (typeof start !== 'string' || typeof end !== 'string')
    throw new NotComputable('an audit without start and end is not worked out here');
  const at = (moment: string) => (moment.length === 10 ? `${moment} 00:00:00` : moment);
  return [at(start), end.length === 10 ? dayAfter(end) : end];
}
