import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ReleaseList, ReleaseView } from '../../../shared/protocol/views/release';
import { Chip } from '../../ui/chip';
import { cx } from '../../ui/cx';
import { countOf, formatAgo, formatBytes, formatMinute } from '../../ui/format';
import { Mark, type MarkTone } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import styles from './timeline.module.css';
import { choose } from './use-chosen';
import { kindWord } from './words';

/** Everything that prod showed, the newest first, and above it what waits to come next. */
export function Timeline({ list, selected }: { list: ReleaseList; selected: string | undefined }) {
  const kept = list.releases.filter(({ retained }) => retained).length;
  return (
    <section className={styles.pane} aria-label="Timeline">
      <PaneHead
        title="Releases of prod"
        hasRule
        end={
          <span className={styles.note}>
            {kept} kept, {formatBytes(list.bytes)}
          </span>
        }
      />
      <ListBox
        className={cx(styles.list)}
        aria-label="Releases of prod"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={selected === undefined ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (key !== undefined) choose(String(key));
        }}
      >
        {list.waiting.map((shadow) => (
          <Stop
            key={`shadow ${shadow.environment}`}
            id={`shadow ${shadow.environment}`}
            tone="shadow"
            name={shadow.environment}
            chip={<Chip tone="shadow">Shadow</Chip>}
            title={`Waits to become release ${shadow.nextRelease}`}
            note={`${countOf(shadow.models, 'model')}, ${filledText(shadow)}`}
          />
        ))}
        {list.releases.map((release) => (
          <ReleaseStop key={`release ${release.number}`} release={release} />
        ))}
      </ListBox>
      <p className={styles.foot}>Every release is kept for a rollback</p>
    </section>
  );
}

function ReleaseStop({ release }: { release: ReleaseView }) {
  const { number, live, title, note, at, models, user, kind, retained } = release;
  const chip = live ? (
    <Chip tone="live">Live</Chip>
  ) : retained ? undefined : (
    <Chip tone="line">Rows cleaned</Chip>
  );
  return (
    <Stop
      id={`release ${number}`}
      tone={live ? 'live' : 'none'}
      name={`Release ${number}`}
      chip={
        <>
          {kind === 'rollback' && <Chip>Rollback</Chip>}
          {chip ?? <KeptChip release={release} />}
        </>
      }
      title={note || title || kindWord(kind)}
      note={`${formatMinute(at)}, ${countOf(models.length, 'model')}, ${user}`}
    />
  );
}

function KeptChip({ release: { keptUntil } }: { release: ReleaseView }) {
  return keptUntil === null ? null : <Chip tone="line">until {keptUntil.slice(5, 10)}</Chip>;
}

interface StopProps {
  readonly id: string;
  readonly tone: MarkTone;
  readonly name: string;
  readonly chip: ReactNode;
  readonly title: string;
  readonly note: string;
}

function Stop({ id, tone, name, chip, title, note }: StopProps) {
  return (
    <ListBoxItem id={id} textValue={`${name}, ${title}`} className={cx(styles.stop)}>
      <span className={styles.rail}>
        <span className={styles.knob}>
          <Mark tone={tone} />
        </span>
      </span>
      <span className={styles.body}>
        <span className={styles.line}>
          <strong>{name}</strong>
          <span className={styles.chips}>{chip}</span>
        </span>
        <span className={styles.title}>{title}</span>
        <span className={styles.third}>{note}</span>
      </span>
    </ListBoxItem>
  );
}

function filledText({ filledAt }: ReleaseList['waiting'][number]): string {
  return filledAt === null ? 'not filled yet' : `filled ${formatAgo(filledAt)}`;
}
