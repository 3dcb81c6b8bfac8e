import { Chip, type ChipTone } from '../../ui/chip';
import { CommandLine } from '../../ui/command-line';
import { Icon, type IconName } from '../../ui/icon';
import { iconPaths } from '../../ui/icon-paths';
import { Kbd } from '../../ui/kbd';
import { Logo } from '../../ui/logo';
import { Mark, type MarkTone } from '../../ui/mark';
import { ProgressBar } from '../../ui/progress-bar';
import { Skeleton } from '../../ui/skeleton';
import { type Status, StatusMark } from '../../ui/status-mark';
import styles from './gallery.module.css';
import { type Exhibit, Specimen } from './section';
import { LONG, nothing } from './words';

const MARKS: readonly MarkTone[] = ['live', 'shadow', 'amber', 'red', 'none'];
const STATUSES: readonly Status[] = ['pass', 'look', 'fail'];
const CHIPS: readonly ChipTone[] = ['plain', 'live', 'shadow', 'amber', 'red', 'teal', 'line'];
const BARS = ['plain', 'live', 'shadow', 'teal', 'amber', 'red'] as const;
const ICONS = Object.keys(iconPaths) as IconName[];

/** What says something without being pressed. */
export const signs: readonly Exhibit[] = [
  { of: 'Mark', render: () => MARKS.map((tone) => <OneMark key={tone} tone={tone} />) },
  { of: 'StatusMark', render: () => STATUSES.map((status) => <OneStatus key={status} status={status} />) },
  { of: 'Chip', render: () => <Chips /> },
  { of: 'Kbd', render: () => <Keys /> },
  { of: 'CommandLine', render: () => <Lines /> },
  { of: 'Icon', render: () => <Icons /> },
  { of: 'Logo', render: () => [20, 32].map((size) => <OneLogo key={size} size={size} />) },
  { of: 'ProgressBar', render: () => <Bars /> },
  { of: 'Skeleton', render: () => <Skeletons /> },
];

function OneMark({ tone }: { tone: MarkTone }) {
  return (
    <Specimen title={tone}>
      <Mark tone={tone} />
    </Specimen>
  );
}

function OneStatus({ status }: { status: Status }) {
  return (
    <Specimen title={status}>
      <span className={styles.line}>
        <StatusMark status={status} />
        not_null
      </span>
    </Specimen>
  );
}

function OneLogo({ size }: { size: number }) {
  return (
    <Specimen title={`${size} px`}>
      <Logo size={size} />
    </Specimen>
  );
}

function Lines() {
  return (
    <>
      <Specimen title="can be copied">
        <CommandLine line="teal plan dev --auto-apply" />
      </Specimen>
      <Specimen title="too long" isWide>
        <CommandLine line={`teal audit --model ${LONG}`} />
      </Specimen>
    </>
  );
}

function Chips() {
  return (
    <>
      {CHIPS.map((tone) => (
        <Specimen key={tone} title={tone}>
          <Chip tone={tone}>Release 12</Chip>
        </Specimen>
      ))}
      <Specimen title="can be taken off">
        <Chip onRemove={nothing} remove="Take the day off the filter">
          2025-03-09
        </Chip>
      </Specimen>
      <Specimen title="long">
        <Chip>{LONG.slice(0, 60)}</Chip>
      </Specimen>
    </>
  );
}

function Keys() {
  return ['K', 'Mod+Shift+C', 'ArrowLeft', 'Escape', '?'].map((keys) => (
    <Specimen key={keys} title={keys}>
      <span className={styles.line}>
        <Kbd keys={keys} />
        <Kbd keys={keys} isOneCap />
      </span>
    </Specimen>
  ));
}

function Icons() {
  return (
    <>
      <Specimen title="small, normal, large">
        <span className={styles.line}>
          <Icon name="canvas" size="small" />
          <Icon name="canvas" />
          <Icon name="canvas" size="large" />
        </span>
      </Specimen>
      <Specimen title="all of them" isWide>
        <div className={styles.icons}>
          {ICONS.map((name) => (
            <Icon key={name} name={name} />
          ))}
        </div>
      </Specimen>
    </>
  );
}

function Bars() {
  return (
    <>
      {BARS.map((tone, at) => (
        <Specimen key={tone} title={tone}>
          <div className={styles.column}>
            <ProgressBar label={`Filled, ${tone}`} share={(at + 1) / BARS.length} tone={tone} />
          </div>
        </Specimen>
      ))}
      <Specimen title="thin, empty">
        <div className={styles.column}>
          <ProgressBar label="Nothing yet" share={0} size="thin" />
        </div>
      </Specimen>
      <Specimen title="nobody knows how far">
        <div className={styles.column}>
          <ProgressBar label="Reading" share={null} />
        </div>
      </Specimen>
    </>
  );
}

function Skeletons() {
  return (['data', 'row', 'block'] as const).map((height) => (
    <Specimen key={height} title={height}>
      <div className={styles.column}>
        <Skeleton lines={3} height={height} />
      </div>
    </Specimen>
  ));
}
