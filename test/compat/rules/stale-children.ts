// A model changed without breaking, on top of a breaking change that an environment had planned before: what reads it is filled anew.
import type { Missing, Ranges } from '../runner/format';
import { withHold } from './carry';
import { auditsOf, batchesFor, filledRows, unitIn } from './due';
import { NotComputable } from './evaluator';
import { joined } from './moments';
import { ancestorsOf, downstreamOf, type ProjectModel } from './project-models';
import { type Draft, type Facts, foundFor, type Rule, relationOf, shownBy } from './world';

const NAME = 'stale-children';

export const staleChildren: Rule = {
  name: NAME,
  async apply(draft, facts) {
    const children = trapped(draft, facts);
    let now = draft;
    for (const model of children) now = await filledAnew(model, now, facts);
    return now;
  },
};

/** INDIRECT_NON_BREAKING models that read, through a non-breaking change, a breaking one whose table was there already; parents first. */
function trapped({ plan }: Draft, facts: Facts): ProjectModel[] {
  if (!plan) return [];
  const of = (category: string) =>
    Object.keys(plan.directly_modified).filter((model) => plan.directly_modified[model] === category);
  const harmless = of('NON_BREAKING').filter((model) =>
    ancestorsOf(facts.models, model).some((name) => of('BREAKING').includes(name) && wasThere(name, facts)),
  );
  return downstreamOf(facts.models, harmless)
    .filter((model) => plan.indirectly_modified[model] === 'INDIRECT_NON_BREAKING')
    .flatMap((model) => facts.models.get(model) ?? []);
}

/** Whether the table that the environment shows now was shown by another environment before. */
function wasThere(model: string, { environment, before, recorded }: Facts): boolean {
  const own = foundFor(recorded.relations, environment, model);
  const label = own === undefined ? undefined : recorded.relations[own];
  const environments = Object.keys(before.recorded.intervals);
  return Object.entries(before.recorded.relations).some(([relation, old]) => {
    const shown = shownBy(relation, environments);
    return shown.model === model && shown.environment !== environment && old === label;
  });
}

async function filledAnew(model: ProjectModel, draft: Draft, facts: Facts): Promise<Draft> {
  const { environment } = facts;
  const { plan } = draft;
  if (!plan) return draft;
  const missing = wholeOf(model, draft, facts);
  const batches = batchesFor(model, missing.ranges, unitIn(facts, model.name));
  const relation = relationOf(environment, model.name);
  const rows = await filledRows({ model, batches, before: null }, facts, draft);
  const done = joined(missing.ranges);
  const changed: Draft = {
    ...draft,
    plan: {
      ...plan,
      indirectly_modified: { ...plan.indirectly_modified, [model.name]: 'INDIRECT_BREAKING' },
      missing_intervals: { ...plan.missing_intervals, [model.name]: missing },
    },
    executed: { ...draft.executed, [model.name]: batches },
    audits: [
      ...draft.audits.filter((row) => row.model !== model.name),
      ...auditsOf(model, batches.length, facts.audits),
    ],
    intervals: {
      ...draft.intervals,
      [environment]: { ...draft.intervals[environment], [model.name]: { done } },
    },
    relations: [...new Set([...draft.relations, relation])].sort(),
  };
  return withHold(changed, relation, { rule: NAME, model: model.name, environment }, rows);
}

/** All that the model must hold: in prod what it held with what is due, else what the plan asks for. */
function wholeOf({ name }: ProjectModel, { plan }: Draft, facts: Facts): Missing {
  const { environment, before } = facts;
  const due = plan?.missing_intervals[name]?.ranges ?? [];
  const held = before.intervals[environment]?.[name]?.done ?? [];
  const changed = Object.keys(plan?.directly_modified ?? {}).flatMap(
    (model): Ranges => plan?.missing_intervals[model]?.ranges ?? [],
  );
  const ranges = joined(environment === 'prod' ? [...held, ...due] : changed);
  if (ranges.length === 0) throw new NotComputable(`nothing says for which time ${name} is filled`);
  return { count: unitIn(facts, name).count(ranges), ranges };
}
