import { useState } from 'react';
import { placeText } from '../../../shared/base/errors';
import type { RollbackPreview } from '../../../shared/protocol/views/release';
import { chooseSides } from '../../store/choices/compare';
import { goTo } from '../../store/choices/room';
import { useEnvironment } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { ProblemPanel } from '../../ui/problem-panel';
import { ScrollArea } from '../../ui/scroll-area';
import { Skeleton } from '../../ui/skeleton';
import styles from './releases.module.css';
import { RollbackModels } from './rollback-models';
import { useRollbackActions } from './use-rollback-actions';
import type { Steps } from './use-steps';
import { rollbackLabel, sumCounts } from './words';

interface RollbackPaneProps {
  readonly to: number;
  /** whether it stands beside a swap, as the other way out */
  readonly isOther: boolean;
  readonly steps: Steps;
}

/** What a rollback would change back, counted; it is carried out after a second press. */
export function RollbackPane({ to, isOther, steps }: RollbackPaneProps) {
  const { data: preview, problem } = useFact('release.rollbackPreview', { to });
  return (
    <section className={styles.pane} aria-label={`Roll back to release ${to}`}>
      <ScrollArea label="What a rollback would do">
        <header className={styles.part}>
          <h2 className={styles.title}>
            {isOther ? `Or roll back to release ${to}` : `Roll back to release ${to}`}
          </h2>
          <p className={styles.second}>
            Nothing has changed yet. {preview ? `Release ${preview.from} stays and can return.` : ''}
          </p>
        </header>
        {!preview && !problem && <Counting />}
        {!preview && problem && <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />}
        {preview && <Sums preview={preview} />}
        {preview && <RollbackModels preview={preview} />}
      </ScrollArea>
      {preview && <RollbackFoot preview={preview} steps={steps} />}
    </section>
  );
}

function Counting() {
  return (
    <div className={styles.part}>
      <p className={styles.note}>Counting the rows that would change back.</p>
      <Skeleton lines={4} />
    </div>
  );
}

function Sums({ preview }: { preview: RollbackPreview }) {
  const { changed, added, removed } = sumCounts(preview.models);
  const sums = [
    ['Models', preview.models.length],
    ['Rows changed back', changed],
    ['Rows come back', added],
    ['Rows leave', removed],
  ] as const;
  return (
    <dl className={styles.sums}>
      {sums.map(([name, count]) => (
        <div key={name}>
          <dt className={styles.note}>{name}</dt>
          <dd className={styles.sum}>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function RollbackFoot({ preview, steps }: { preview: RollbackPreview; steps: Steps }) {
  const [asks, setAsks] = useState(false);
  const environment = useEnvironment()?.name ?? 'prod';
  const { to, from, models, allowed } = preview;
  const label = rollbackLabel(models.length, to);
  const roll = (): void => {
    setAsks(false);
    void steps.rollBack(to);
  };
  useRollbackActions(preview, () => setAsks(true));
  const problem = preview.problem ?? (steps.problem?.of === 'rollback' ? steps.problem.problem : undefined);
  return (
    <footer className={styles.foot}>
      {problem && <ProblemPanel problem={{ ...problem, where: '' }} />}
      {asks ? (
        <section className={styles.asking} aria-label="Confirm the rollback">
          <p>
            Readers of prod see release {to} again at once. It is recorded as release {from + 1}.
          </p>
          <div className={styles.buttons}>
            <Button kind="ink" icon="undo" onPress={roll} autoFocus>
              {label}
            </Button>
            <Button kind="quiet" onPress={() => setAsks(false)}>
              Keep release {from}
            </Button>
          </div>
        </section>
      ) : (
        <div className={styles.buttons}>
          <Button
            icon="undo"
            onPress={() => setAsks(true)}
            isDisabled={!allowed || steps.running !== undefined}
          >
            {label}
          </Button>
          <Button kind="quiet" onPress={() => compareInFull(to, environment)}>
            Compare in full
          </Button>
        </div>
      )}
    </footer>
  );
}

/** The rows behind the counts: what is live now as old, what it would go back to as new. */
function compareInFull(to: number, environment: string): void {
  chooseSides({ old: 'prod', new: `release ${to}` }, environment);
  goTo('compare');
}
