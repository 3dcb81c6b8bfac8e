import { memo } from 'react';
import type { Span } from '../../../../shared/protocol/views/common';
import type { LaneView } from '../../../../shared/protocol/views/project';
import { type Share, ticksOf, toShares } from './bar-spans';
import styles from './partition-bar.module.css';

export interface PartitionBarProps {
  readonly lane: LaneView | null;
  readonly tone: 'live' | 'shadow';
  /** null for a whole table, which is filled or not */
  readonly history: Span | null;
  /** what an edit would change; a whole table is hit as a whole */
  readonly hit?: readonly Span[] | undefined;
  readonly stale?: readonly Span[];
  /** 4 px instead of 8, where two lanes stand below each other */
  readonly isThin?: boolean;
}

const WHOLE: readonly Share[] = [{ left: 0, width: 100 }];
/** a stale span wider than this would hide what is below it, so that only its lower edge is drawn */
const WIDE = 25;

/** All partitions of a model in one bar: filled, under older logic, to be changed, late. */
export const PartitionBar = memo(function PartitionBar(props: PartitionBarProps) {
  const { lane, tone, history, hit, stale = [], isThin = false } = props;
  const place = (spans: readonly Span[]) => (history ? toShares(spans, history) : WHOLE);
  return (
    <span className={styles.bar} data-tone={tone} data-thin={isThin}>
      {lane && place(lane.filled).map((share) => <Part key={share.left} kind="filled" share={share} />)}
      {lane && lane.older.length > 0 && history
        ? place(lane.older).map((share) => <Part key={share.left} kind="older" share={share} />)
        : null}
      {hit && hit.length > 0 && place(hit).map((share) => <Part key={share.left} kind="hit" share={share} />)}
      {stale.length > 0 &&
        place(stale).map((share) => (
          <Part key={share.left} kind={share.width > WIDE ? 'stale-line' : 'stale'} share={share} />
        ))}
      {history &&
        ticksOf(history).map((left) => <i key={left} className={styles.tick} style={{ left: `${left}%` }} />)}
    </span>
  );
});

function Part({ kind, share }: { kind: string; share: Share }) {
  return (
    <i
      className={styles.part}
      data-kind={kind}
      style={{ left: `${share.left}%`, width: `${share.width}%` }}
    />
  );
}
