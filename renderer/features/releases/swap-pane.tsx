import { useState } from 'react';
import { placeText } from '../../../shared/base/errors';
import type { SwapPreview } from '../../../shared/protocol/views/release';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { countOf } from '../../ui/format';
import { ProblemPanel } from '../../ui/problem-panel';
import { ScrollArea } from '../../ui/scroll-area';
import { Skeleton } from '../../ui/skeleton';
import { TextField } from '../../ui/text-field';
import { Gates } from './gates';
import { MovedModels } from './moved-models';
import styles from './releases.module.css';
import type { Steps } from './use-steps';
import { useSwapActions } from './use-swap-actions';
import { gatesText, swapLabel } from './words';

const LIVE = { title: 'Live now', tone: 'live' } as const;
const AFTER = { title: 'After', tone: 'shadow' } as const;

/** A shadow that waits: what a swap would move, what must hold first, and the one teal button. */
export function SwapPane({ environment, steps }: { environment: string; steps: Steps }) {
  const { data: preview, problem } = useFact('release.preview', { environment });
  if (!preview) {
    if (!problem) return <Skeleton lines={12} />;
    return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
  }
  const { base, next, models } = preview;
  return (
    <section className={styles.pane} aria-label={`Swap ${environment}`}>
      <ScrollArea label="What a swap would do">
        <header className={styles.part}>
          <h2 className={styles.title}>Swap {environment} into prod</h2>
          <p className={styles.second}>
            One transaction. Readers see {base === null ? 'nothing' : `all of release ${base}`} or all of
            release {next}.
          </p>
        </header>
        <div className={styles.part}>
          <MovedModels models={models} label="Models that move" from={LIVE} to={AFTER} hasScores />
          <p className={styles.note}>{keptText(preview.keptModels)}</p>
        </div>
        <div className={styles.part}>
          <header className={styles.partHead}>
            <h3>Gates</h3>
            <span className={styles.note}>{gatesText(preview.gates)}</span>
          </header>
          <Gates gates={preview.gates} />
        </div>
      </ScrollArea>
      <SwapFoot preview={preview} steps={steps} />
    </section>
  );
}

function SwapFoot({ preview, steps }: { preview: SwapPreview; steps: Steps }) {
  const [note, setNote] = useState('');
  const failing = preview.gates.find(({ status }) => status === 'fail');
  const swap = (): void => void steps.swap(preview, note.trim());
  useSwapActions(preview, swap);
  const { problem } = steps;
  return (
    <footer className={styles.foot}>
      {problem?.of === 'swap' && (
        <ProblemPanel problem={{ ...problem.problem, where: placeText(problem.problem.place) }} />
      )}
      <TextField
        label="Note, kept with the release"
        value={note}
        onChange={setNote}
        placeholder="Why this swap"
      />
      <Button
        kind="swap"
        icon="swap"
        className={cx(styles.wide)}
        onPress={swap}
        isDisabled={!preview.allowed || steps.running !== undefined}
      >
        {swapLabel(preview.models, preview.next, failing)}
      </Button>
      <p className={styles.note}>
        {preview.base === null
          ? 'Views of prod are pointed anew, no row is copied.'
          : `Views of prod are pointed anew, no row is copied. Release ${preview.base} stays and can return.`}
      </p>
    </footer>
  );
}

function keptText(kept: number): string {
  if (kept === 0) return 'No other model is live.';
  return `${countOf(kept, 'other model')} ${kept === 1 ? 'keeps its version' : 'keep their versions'}.`;
}
