// A restatement changes the rows of its own environment alone.
import { withHold } from './carry';
import { type Rule, shownBy, wasRewritten } from './world';

const NAME = 'restatement-elsewhere';

export const restatementElsewhere: Rule = {
  name: NAME,
  async apply(draft, facts) {
    if (Object.keys(draft.plan?.restatements ?? {}).length === 0) return draft;
    const environments = Object.keys(facts.recorded.intervals);
    const others = Object.keys(facts.recorded.relations).filter(
      (relation) =>
        shownBy(relation, environments).environment !== facts.environment && wasRewritten(facts, relation),
    );
    let now = draft;
    for (const relation of others) {
      const old = facts.before.sources[relation];
      if (old !== undefined)
        now = withHold(now, relation, { rule: NAME, ...shownBy(relation, environments) }, old);
    }
    return now;
  },
};
