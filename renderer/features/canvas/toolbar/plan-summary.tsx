import type { Overview } from '../../../../shared/protocol/views/project';
import { goTo } from '../../../store/choices/room';
import { Button } from '../../../ui/button';
import { countOf } from '../../../ui/format';
import { Mark, type MarkTone } from '../../../ui/mark';
import { useSettledDrafts } from '../choice/drafts';
import type { Affected } from '../effect/affected';
import { effectSummary, planLabel } from '../effect/effect-words';
import { lineText } from '../problem-text';
import styles from './canvas-toolbar.module.css';
import { usePlanBackfill } from './use-plan-backfill';

const TYPING_PAUSE = 120;

interface Summary {
  readonly tone: MarkTone;
  readonly lead: string;
  readonly rest: string;
}

/** The sum of all edits, and the one main button of the room. */
export function PlanSummary(props: { overview: Overview; affected: Affected; environment: string }) {
  const { overview, affected, environment } = props;
  const unsaved = useSettledDrafts(overview.dir, TYPING_PAUSE).length;
  const plan = usePlanBackfill(overview, environment);
  const summary = summaryOf(props);
  const isBroken = affected.editing?.problem != null;
  return (
    <>
      <span className={styles.summary} role="status" aria-label="What the edits touch">
        {summary && (
          <>
            <Mark tone={summary.tone} />
            <span className={styles.text} title={[summary.lead, summary.rest].filter(Boolean).join(', ')}>
              <b>{summary.lead}</b>
              {summary.rest && <span className={styles.rest}>, {summary.rest}</span>}
            </span>
          </>
        )}
      </span>
      {summary?.tone === 'shadow' && (
        <Button size="small" icon="compare" onPress={() => goTo('compare')}>
          Compare with prod
        </Button>
      )}
      {affected.effects.size > 0 && (
        <Button kind="ink" size="small" isDisabled={isBroken} onPress={() => void plan()}>
          {planLabel(affected, unsaved)}
        </Button>
      )}
    </>
  );
}

function summaryOf(props: { overview: Overview; affected: Affected; environment: string }): Summary | null {
  const { overview, affected, environment } = props;
  const { effects, editing, isFirst } = affected;
  if (editing?.problem) {
    const name = editing.model.split('.').at(-1) ?? editing.model;
    const line = lineText(editing.problem);
    return { tone: 'red', lead: `${name} has a problem`, rest: line };
  }
  if (effects.size > 0) return { tone: isFirst ? 'none' : 'amber', ...effectSummary(affected) };
  const shadow = overview.environments.find(({ name, live }) => name === environment && !live);
  if (!shadow || shadow.differing === 0) return null;
  const verb = shadow.differing === 1 ? 'waits' : 'wait';
  return { tone: 'shadow', lead: `${countOf(shadow.differing, 'shadow model')} ${verb}`, rest: '' };
}
