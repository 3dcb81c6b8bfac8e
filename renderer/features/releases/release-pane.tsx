import type { ReleaseView } from '../../../shared/protocol/views/release';
import { Chip } from '../../ui/chip';
import { countOf, formatMinute } from '../../ui/format';
import { ScrollArea } from '../../ui/scroll-area';
import { MovedModels } from './moved-models';
import styles from './releases.module.css';
import { kindWord } from './words';

const BEFORE = { title: 'Before', tone: 'none' } as const;
const LIVE = { title: 'Live now', tone: 'live' } as const;
const AFTER = { title: 'After', tone: 'none' } as const;

/** One release: what it changed, when, by whom, and how long its rows are kept. */
export function ReleasePane({ release }: { release: ReleaseView }) {
  const { number, live, title, note, models } = release;
  return (
    <section className={styles.pane} aria-label={`Release ${number}`}>
      <ScrollArea label="What it changed">
        <header className={styles.part}>
          <div className={styles.titleLine}>
            <h2 className={styles.title}>Release {number}</h2>
            {live && <Chip tone="live">Live</Chip>}
          </div>
          <p className={styles.second}>{title || kindWord(release.kind)}</p>
        </header>
        <div className={styles.part}>
          <dl className={styles.facts}>
            {factsOf(release).map(([name, value]) => (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            {note && (
              <div className={styles.fact}>
                <dt>Note</dt>
                <dd>{note}</dd>
              </div>
            )}
          </dl>
        </div>
        <div className={styles.part}>
          <header className={styles.partHead}>
            <h3>What it changed</h3>
            <span className={styles.note}>{countOf(models.length, 'model')}</span>
          </header>
          {models.length === 0 ? (
            <p className={styles.second}>No model moved.</p>
          ) : (
            <MovedModels
              models={models}
              label={`Models of release ${number}`}
              from={BEFORE}
              to={live ? LIVE : AFTER}
            />
          )}
        </div>
      </ScrollArea>
    </section>
  );
}

function factsOf(release: ReleaseView): readonly (readonly [string, string])[] {
  const { kind, at, user, commit, live, retained, keptUntil } = release;
  const kept = live
    ? 'as long as it is live'
    : !retained
      ? 'no, its rows were cleaned'
      : keptUntil === null
        ? 'yes'
        : `until ${formatMinute(keptUntil)} UTC`;
  return [
    ['How', kindWord(kind)],
    ['When', `${formatMinute(at)} UTC`],
    ['Who', user],
    ['Commit', commit ? commit.slice(0, 10) : 'none'],
    ['Kept', kept],
  ];
}
