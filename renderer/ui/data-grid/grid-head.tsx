import { Histogram } from '../histogram';
import { Icon, type IconName } from '../icon';
import { Shares } from '../shares';
import styles from './data-grid.module.css';
import type { ColumnKind, GridColumn, GridProfile } from './grid-types';
import type { PlacedColumn } from './use-grid-columns';

const KIND_ICONS: Readonly<Record<ColumnKind, IconName>> = {
  number: 'hash',
  time: 'clock',
  text: 'text',
  other: 'dots',
};

export interface GridHeadProps {
  readonly gridId: string;
  readonly placed: readonly PlacedColumn[];
  readonly height: number;
  readonly active: number | undefined;
}

/** The sticky head: names, and with profiles a chart and a fact below each. */
export function GridHead({ gridId, placed, height, active }: GridHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table parts cannot be
    <div role="row" aria-rowindex={1} className={styles.headRow} style={{ height }}>
      {placed.map(({ column, at, left, width }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div
          key={column.id}
          id={`${gridId}--1-${at}`}
          role="columnheader"
          aria-colindex={at + 1}
          className={styles.headCell}
          data-kind={column.kind}
          data-key={column.isKey}
          data-active={active === at}
          style={{ left, width }}
          title={column.type}
        >
          <span className={styles.name}>
            {column.isKey && <Icon name="key" size="small" />}
            <span className={styles.clip}>{column.title}</span>
          </span>
          {column.profile && <Profile column={column} profile={column.profile} />}
        </div>
      ))}
    </div>
  );
}

function Profile({ column, profile }: { column: GridColumn; profile: GridProfile }) {
  const label = `Values of ${column.title}`;
  return (
    <>
      <span className={styles.chart}>
        {profile.shape === 'histogram' && <Histogram bins={profile.bins} label={label} />}
        {profile.shape === 'shares' && <Shares parts={profile.bins} label={label} />}
        {profile.shape === 'unique' && <Shares parts={[1]} label={label} />}
      </span>
      <span className={styles.fact} data-marked={profile.isMarked}>
        <span className={styles.clip}>{profile.fact}</span>
        <Icon name={column.isKey ? 'key' : KIND_ICONS[column.kind]} size="small" />
      </span>
    </>
  );
}
