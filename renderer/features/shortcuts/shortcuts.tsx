import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { shownKeys, useActions } from '../../store/actions';
import {
  allowSingleKeys,
  showShortcuts,
  useHasSingleKeys,
  useShortcutsOpen,
} from '../../store/choices/shortcuts';
import { IconButton } from '../../ui/icon-button';
import { Kbd } from '../../ui/kbd';
import { useKeyParts } from '../../ui/key-table';
import { PaneHead } from '../../ui/pane-head';
import { ScrollArea } from '../../ui/scroll-area';
import { SearchField } from '../../ui/search-field';
import { useIsStacked } from '../../ui/stack';
import { Switch } from '../../ui/switch';
import { findShortcuts, listShortcuts, type ShortcutGroup } from './shortcut-list';
import styles from './shortcuts.module.css';

/** Every key there is now, beside the window: `?` opens and closes it, Escape closes it. */
export function Shortcuts() {
  return useShortcutsOpen() ? <Panel /> : null;
}

function Panel() {
  const field = useFocusMeanwhile();
  const [query, setQuery] = useState('');
  const hasSingleKeys = useHasSingleKeys();
  const isOver = useIsStacked('horizontal');
  const actions = useActions();
  const parts = useKeyParts();
  const groups = useMemo(
    () => findShortcuts(listShortcuts(actions.map(listed), parts), query),
    [actions, parts, query],
  );
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    showShortcuts(false);
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (isOver && relatedTarget && !currentTarget.contains(relatedTarget)) showShortcuts(false);
  };
  return (
    <div
      className={styles.panel}
      role="dialog"
      aria-label="Keyboard shortcuts"
      onKeyDown={press}
      onBlur={leave}
    >
      <section className={styles.inside}>
        <PaneHead
          title="Keyboard shortcuts"
          end={<IconButton icon="x" size="small" label="Close" onPress={() => showShortcuts(false)} />}
        />
        <div className={styles.find}>
          <SearchField label="Find a shortcut" value={query} onChange={setQuery} inputRef={field} />
        </div>
        <ScrollArea label="Shortcuts">
          {groups.map((group) => (
            <Group key={group.place} group={group} />
          ))}
          {groups.length === 0 && <p className={styles.none}>No key does that</p>}
        </ScrollArea>
        <footer className={styles.foot}>
          <Switch isOn={hasSingleKeys} onChange={allowSingleKeys}>
            Keys without Ctrl, such as F and ?
          </Switch>
        </footer>
      </section>
    </div>
  );
}

function Group({ group: { place, lines } }: { group: ShortcutGroup }) {
  return (
    <section className={styles.group} aria-label={place}>
      <h3 className={styles.place}>{place}</h3>
      <ul>
        {lines.map(({ title, chords }) => (
          <li key={title} className={styles.line} data-keys={chords.join(' ')}>
            <span>{title}</span>
            <span className={styles.chords}>
              {chords.map((chord) => (
                <Kbd key={chord} keys={chord} isOneCap />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function listed(action: Parameters<typeof shownKeys>[0] & { title: string; group: string }) {
  const keys = shownKeys(action);
  return { title: action.title, group: action.group, ...(keys === undefined ? {} : { keys }) };
}

/** Takes the focus to the field while the panel is there, and back to where it was. */
function useFocusMeanwhile(): React.RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return field;
}
