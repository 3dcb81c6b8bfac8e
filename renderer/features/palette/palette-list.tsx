import { useEffect, useRef } from 'react';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import type { Match } from './fuzzy';
import styles from './palette.module.css';
import type { HitGroup, PaletteEntry, PaletteHit } from './palette-entry';

export interface PaletteListProps {
  readonly id: string;
  readonly groups: readonly HitGroup[];
  readonly active: number;
  readonly onHover: (at: number) => void;
  readonly onRun: (entry: PaletteEntry) => void;
}

export function PaletteList({ id, groups, active, onHover, onRun }: PaletteListProps) {
  let at = 0;
  return (
    <div id={id} className={styles.hits} role="listbox" tabIndex={-1} aria-label="Found">
      {groups.length === 0 && <p className={styles.none}>Nothing by that name</p>}
      {groups.map(({ title, hits }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
        <div key={title} role="group" aria-label={title}>
          <p className={styles.group}>{title}</p>
          {hits.map((hit) => {
            const own = at++;
            return (
              <Hit
                key={hit.entry.id}
                id={`${id}-${own}`}
                hit={hit}
                isActive={own === active}
                onHover={() => onHover(own)}
                onRun={() => onRun(hit.entry)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: PaletteHit;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onRun: () => void;
}

function Hit({ id, hit, isActive, onHover, onRun }: HitProps) {
  const { entry, match } = hit;
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and takes the keys
    <div
      ref={line}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.hit}
      onPointerMove={onHover}
      onClick={onRun}
    >
      <Icon name={entry.icon} />
      <span className={styles.title}>
        <Marked text={entry.title} marks={match.marks} />
      </span>
      <span className={styles.line}>{entry.line}</span>
      <span className={styles.keys}>{entry.keys && <Kbd keys={entry.keys} />}</span>
    </div>
  );
}

function Marked({ text, marks }: { text: string; marks: Match['marks'] }) {
  let from = 0;
  const parts = marks.flatMap(([start, end]) => {
    const before = text.slice(from, start);
    from = end;
    return [before, <mark key={start}>{text.slice(start, end)}</mark>];
  });
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
