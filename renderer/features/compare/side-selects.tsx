import { useOverview } from '../../store/project';
import { Mark } from '../../ui/mark';
import { Select, type SelectOption } from '../../ui/select';
import styles from './compare-head.module.css';
import type { SidesState } from './use-sides';

const NONE: SelectOption<string> = { id: '', title: 'choose a side' };

/** Old to new, each a choice among environments and kept releases. */
export function SideSelects({ sides }: { sides: SidesState }) {
  const overview = useOverview().data;
  const { environments = [], liveRelease = null } = overview ?? {};
  const { options, choose, environment } = sides;
  const live = environments.find((one) => one.live)?.name ?? '';
  const old = sides.sides?.old ?? live;
  const current = sides.sides?.new ?? (environment?.live ? '' : (environment?.name ?? ''));
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
        {old === live && liveRelease !== null && (
          <span className={styles.release}>release {liveRelease}</span>
        )}
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
