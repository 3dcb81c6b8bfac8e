import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { closePalette, setPaletteQuery, usePaletteChoice } from '../../store/choices/palette';
import { useSelection } from '../../store/choices/selection';
import { notify } from '../../store/notices';
import { Chip } from '../../ui/chip';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import styles from './palette.module.css';
import { findHits, type PaletteEntry } from './palette-entry';
import { PaletteFoot } from './palette-foot';
import { PaletteList } from './palette-list';
import { useEntries } from './use-entries';

/** The field and what it finds: arrow keys move through the list while the focus stays in the field. */
export function PaletteBox({ isProjectOpen }: { isProjectOpen: boolean }) {
  const listId = useId();
  const query = usePaletteChoice((choice) => choice.query);
  const model = useSelection((selection) => selection.model);
  const entries = useEntries(isProjectOpen);
  const groups = useMemo(() => findHits(entries, query), [entries, query]);
  const found = groups.flatMap(({ hits }) => hits.map(({ entry }) => entry));
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, found.length - 1);
  const current = found[active];

  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = moveActive(event.key, active, found.length);
    if (next !== undefined) setWanted(next);
    else if (event.key === 'Enter' && current) runEntry(current);
    else if (isCopy(event) && current?.line) copyLine(current.line);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette was opened to type into it
          autoFocus
          className={styles.input}
          value={query}
          onChange={(event) => {
            setPaletteQuery(event.target.value);
            setWanted(0);
          }}
          onKeyDown={press}
          placeholder="Search or run a command"
          spellCheck={false}
          autoComplete="off"
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${active}` : undefined}
        />
        {model && <Chip>{model}</Chip>}
        <Kbd keys="Esc" />
      </div>
      <PaletteList id={listId} groups={groups} active={active} onHover={setWanted} onRun={runEntry} />
      <PaletteFoot verb={current && !current.run ? 'copy' : 'run'} />
    </>
  );
}

function runEntry(entry: PaletteEntry): void {
  closePalette();
  setPaletteQuery('');
  if (entry.run) entry.run();
  else if (entry.line) copyLine(entry.line);
}

function copyLine(line: string): void {
  void navigator.clipboard.writeText(line).then(() => notify({ tone: 'done', text: `Copied: ${line}` }));
}

function isCopy(event: KeyboardEvent<HTMLInputElement>): boolean {
  const { selectionStart, selectionEnd } = event.currentTarget;
  return (event.ctrlKey || event.metaKey) && event.key === 'c' && selectionStart === selectionEnd;
}

function moveActive(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return (active - 1 + count) % count;
  return undefined;
}
