// when_matched and merge_filter work: where SQLMesh stops at the second insert, the rows are merged, and what reads them goes on.
import type { DoneRow, FailureFacts, PlanFacts, Ranges, Span } from '../runner/format';
import type { State } from '../runner/judge';
import { withHold } from './carry';
import { auditsOf, batchesFor, filledRows, unitIn } from './due';
import { NotComputable } from './evaluator';
import { joined, without } from './moments';
import { ancestorsOf, inOrder, type ProjectModel } from './project-models';
import { promoted } from './promoted';
import { type Draft, type Facts, foundFor, type Rule, sharedWith } from './world';

const NAME = 'merge-works';

export const mergeWorks: Rule = {
  name: NAME,
  async apply(draft, facts) {
    const stopped = mergers(draft, facts);
    if (stopped.length === 0) return draft;
    if (facts.step.command === 'plan')
      return promoted(withoutFailure(draft, stopped, draft.failure?.skipped_models ?? []), NAME, facts);
    const freed = inOrder(facts.models)
      .filter((name) => stopped.includes(name) || isFreed(name, stopped, draft, facts))
      .flatMap((name) => facts.models.get(name) ?? []);
    let now = withoutFailure(
      draft,
      stopped,
      freed.map(({ name }) => name),
    );
    for (const model of freed) now = await goneOn(model, now, facts);
    return now;
  },
};

/** Models with a merge that SQLMesh could not carry out. */
function mergers({ failure }: Draft, { models }: Facts): string[] {
  return Object.entries(failure?.models ?? {})
    .filter(([name, { reason, message }]) => {
      const properties = models.get(name)?.properties ?? {};
      const merges = 'when_matched' in properties || 'merge_filter' in properties;
      return merges && reason === 'sql' && /\bMERGE\b|merge_filter/.test(message ?? '');
    })
    .map(([name]) => name);
}

/** Skipped for the sake of these models alone. */
function isFreed(name: string, stopped: readonly string[], { failure }: Draft, { models }: Facts): boolean {
  if (!failure?.skipped_models?.includes(name)) return false;
  const ancestors = ancestorsOf(models, name);
  return !Object.keys(failure.models ?? {}).some(
    (other) => !stopped.includes(other) && ancestors.includes(other),
  );
}

function withoutFailure(draft: Draft, stopped: readonly string[], freed: readonly string[]): Draft {
  const { failure } = draft;
  const models = Object.fromEntries(
    Object.entries(failure?.models ?? {}).filter(([name]) => !stopped.includes(name)),
  );
  if (Object.keys(models).length === 0) {
    const outcome = draft.outcome === undefined ? undefined : 'success';
    return { ...draft, ok: true, outcome, failure: undefined };
  }
  const skipped = failure?.skipped_models?.filter((name) => !freed.includes(name)) ?? [];
  const { skipped_models: _, ...rest } = failure as FailureFacts;
  return {
    ...draft,
    failure: { ...rest, models, ...(skipped.length > 0 ? { skipped_models: skipped } : {}) },
  };
}

/** The model filled up to where the others of its cron are, its interval recorded, its rows merged. */
async function goneOn(model: ProjectModel, draft: Draft, facts: Facts): Promise<Draft> {
  const { environment, recorded, before } = facts;
  const unit = unitIn(facts, model.name);
  const due = dueSpans(model, draft, facts);
  const batches = batchesFor(model, due, unit);
  const own = foundFor(recorded.relations, environment, model.name);
  const rows = await filledRows(
    { model, batches, before: (own && before.sources[own]) || null },
    facts,
    draft,
  );
  const changed: Draft = {
    ...draft,
    executed: { ...draft.executed, [model.name]: batches },
    intervals: withDone(draft.intervals, { model: model.name, due, facts }),
    audits: [...draft.audits, ...auditsOf(model, batches.length, facts.audits)],
  };
  return sharedWith(recorded, environment, model.name).reduce(
    (now, relation) => withHold(now, relation, { rule: NAME, model: model.name, environment }, rows),
    changed,
  );
}

/** From what is done to where the models of the same cron were filled up to. */
function dueSpans(model: ProjectModel, draft: Draft, { environment, before, models }: Facts): Span[] {
  if (Number(model.properties['lookback'] ?? 0) > 0)
    throw new NotComputable(`${model.name} has a lookback, whose spans are not worked out here`);
  const cron = (name: string) => models.get(name)?.properties['cron'] ?? "'@daily'";
  const ends = Object.entries(draft.executed)
    .filter(([name]) => cron(name) === cron(model.name))
    .flatMap(([, ranges]) => ranges.map(([, to]) => to));
  const end = ends.sort().at(-1);
  const done = before.intervals[environment]?.[model.name]?.done ?? [];
  const start = done.at(-1)?.[1] ?? draft.executed[model.name]?.[0]?.[0];
  if (end === undefined || start === undefined || start >= end)
    throw new NotComputable(`nothing says up to where ${model.name} is due`);
  return [[start, end]];
}

/** What the model has done, in every environment that shows the same table. */
function withDone(state: State, { model, due, facts }: { model: string; due: Ranges; facts: Facts }): State {
  const { environment, recorded } = facts;
  const labelIn = (name: string) => {
    const relation = foundFor(recorded.relations, name, model);
    return relation === undefined ? undefined : recorded.relations[relation];
  };
  const entries = Object.entries(state).map(([name, rows]) => {
    const row: DoneRow | undefined = rows[model];
    if (!row || labelIn(name) !== labelIn(environment)) return [name, rows] as const;
    return [name, { ...rows, [model]: { ...row, done: joined([...row.done, ...due]) } }] as const;
  });
  return Object.fromEntries(entries);
}

/** Spans that Teal has done and SQLMesh has not, as an earlier merge went on: they stay done, and are not missing or filled again. */
export function carryDone(draft: Draft, facts: Facts): Draft {
  let now = draft;
  for (const [environment, rows] of Object.entries(facts.before.intervals))
    for (const [model, row] of Object.entries(rows)) {
      const recorded = facts.before.recorded.intervals[environment]?.[model];
      const more = without(row.done, recorded?.done ?? []);
      if (more.length > 0 && !draft.plan?.restatements[model])
        for (const name of [environment, ...newSharers(environment, model, facts)])
          now = withMore(now, { environment: name, model, more }, facts);
    }
  return now;
}

/** Environments that this step made over the table that a model has in another one. */
function newSharers(environment: string, model: string, { before, recorded }: Facts): string[] {
  const labelIn = (name: string) => {
    const relation = foundFor(recorded.relations, name, model);
    return relation === undefined ? undefined : recorded.relations[relation];
  };
  return Object.keys(recorded.intervals).filter(
    (name) => before.intervals[name] === undefined && labelIn(name) === labelIn(environment),
  );
}

interface More {
  readonly environment: string;
  readonly model: string;
  readonly more: Ranges;
}

function withMore(draft: Draft, { environment, model, more }: More, facts: Facts): Draft {
  const row = draft.intervals[environment]?.[model];
  if (!row) return draft;
  const intervals: State = {
    ...draft.intervals,
    [environment]: {
      ...draft.intervals[environment],
      [model]: { ...row, done: joined([...row.done, ...more]) },
    },
  };
  if (environment !== facts.environment) return { ...draft, intervals };
  const { [model]: filled, ...executed } = draft.executed;
  const left = without(filled ?? [], more);
  const file = facts.models.get(model);
  return {
    ...draft,
    intervals,
    executed:
      left.length > 0 && file
        ? { ...executed, [model]: batchesFor(file, left, unitIn(facts, model)) }
        : executed,
    plan: planWithout(draft.plan, { environment, model, more }, facts),
  };
}

function planWithout(
  plan: PlanFacts | undefined,
  { model, more }: More,
  facts: Facts,
): PlanFacts | undefined {
  const missing = plan?.missing_intervals[model];
  if (!plan || !missing) return plan;
  const { [model]: _, ...rest } = plan.missing_intervals;
  const ranges = without(missing.ranges, more);
  if (ranges.length === 0) return { ...plan, missing_intervals: rest };
  const count = unitIn(facts, model).count(ranges);
  return { ...plan, missing_intervals: { ...rest, [model]: { count, ranges } } };
}
