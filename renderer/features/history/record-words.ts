import type { HistoryEntry } from '../../../shared/protocol/views/history';
import type { IconName } from '../../ui/icon';
import type { MarkTone } from '../../ui/mark';

export type RecordKind = HistoryEntry['kind'];
export type Outcome = HistoryEntry['outcome'];

interface KindWords {
  readonly title: string;
  /** as the name of a filter */
  readonly many: string;
  readonly icon: IconName;
}

export const kindWords: Readonly<Record<RecordKind, KindWords>> = {
  backfill: { title: 'Backfill', many: 'Backfills', icon: 'backfill' },
  run: { title: 'Run', many: 'Runs', icon: 'clock' },
  plan: { title: 'Plan', many: 'Plans', icon: 'branch' },
  swap: { title: 'Swap', many: 'Swaps', icon: 'swap' },
  rollback: { title: 'Rollback', many: 'Rollbacks', icon: 'undo' },
  compare: { title: 'Comparison', many: 'Comparisons', icon: 'compare' },
  import: { title: 'Import', many: 'Imports', icon: 'raw' },
};

interface OutcomeWords {
  readonly title: string;
  readonly sign: { readonly icon: IconName } | { readonly mark: MarkTone };
}

export const outcomeWords: Readonly<Record<Outcome, OutcomeWords>> = {
  running: { title: 'Running', sign: { icon: 'play' } },
  paused: { title: 'Paused', sign: { icon: 'pause' } },
  done: { title: 'Done', sign: { icon: 'check' } },
  failed: { title: 'Failed', sign: { mark: 'red' } },
  stopped: { title: 'Stopped', sign: { icon: 'stop' } },
  interrupted: { title: 'Interrupted', sign: { mark: 'amber' } },
};
