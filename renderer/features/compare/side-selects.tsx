import { Mark } from '../../ui/mark';
import { Select, type SelectOption } from '../../ui/select';
import styles from './compare-head.module.css';
import type { SidesState } from './use-sides';

const NONE: SelectOption<string> = { id: '', title: 'choose a side' };

/** Old to new, each a choice among environments and kept releases. */
export function SideSelects({ sides, oldRelease }: { sides: SidesState; oldRelease: number | null }) {
  const { options, choose, environment } = sides;
  const live = options[0]?.id ?? '';
  const old = sides.sides?.old ?? live;
  const current = sides.sides?.new ?? (environment?.live ? '' : (environment?.name ?? ''));
  const isNamed = oldRelease !== null && !old.startsWith('release ');
  return (
    <span className={styles.sides}>
      <span className={styles.side} data-side="old">
        <Mark tone="live" />
        <Select
          label="Old side"
          hideLabel
          size="small"
          options={options}
          selected={old}
          onSelect={(next) => choose({ old: next, new: current || next })}
        />
        {isNamed && <span className={styles.release}>release {oldRelease}</span>}
      </span>
      <span className={styles.to}>to</span>
      <span className={styles.side} data-side="new">
        <Mark tone="shadow" />
        <Select
          label="New side"
          hideLabel
          size="small"
          options={current === '' ? [NONE, ...options] : options}
          selected={current}
          onSelect={(next) => next !== '' && choose({ old, new: next })}
        />
      </span>
    </span>
  );
}
