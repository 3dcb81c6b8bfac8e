import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { SourceSummary } from '../../../shared/protocol/views/raw';
import { selectSource } from '../../store/choices/selection';
import type { RawInput } from '../../store/raw-input';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { countOf, formatBytes, formatCount } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import { SearchField } from '../../ui/search-field';
import { addFiles, useAdding } from './adding';
import { AddingNote } from './adding-note';
import { pickFiles } from './raw-files';
import styles from './source-list.module.css';
import { formatName } from './source-words';

/** so many sources are found with the eye */
const FEW = 12;

/** The sources of the project, with what of them is in quarantine; and the way to more of them. */
export function SourceList({ sources, selected }: { sources: readonly SourceSummary[]; selected: string }) {
  const [find, setFind] = useState('');
  const isAdding = useAdding(({ adding }) => adding !== undefined);
  const shown = sources.filter(({ name }) => name.toLowerCase().includes(find.trim().toLowerCase()));
  const add = (from: 'files' | 'folder'): void => void pickFiles(from).then((files) => addChosen(files));
  const addButton = (
    <Button size="small" icon="plus" isDisabled={isAdding} onPress={() => add('files')}>
      Add files
    </Button>
  );
  return (
    <section className={styles.side} aria-label="Sources">
      <PaneHead title="Sources" end={addButton} hasRule />
      {sources.length > FEW && <SearchField label="Find a source" value={find} onChange={setFind} isBare />}
      <ListBox
        className={cx(styles.list)}
        aria-label="Sources"
        selectionMode="single"
        disallowEmptySelection
        selectionBehavior="replace"
        selectedKeys={[selected]}
        onSelectionChange={(keys) => selectSource(firstOf(keys))}
        renderEmptyState={() => <p className={styles.empty}>No source of that name</p>}
      >
        {shown.map((source) => (
          <SourceItem key={source.name} source={source} />
        ))}
      </ListBox>
      <AddingNote />
      <div className={styles.hint}>
        <Icon name="drop" size="large" />
        <span>Drop files or a folder: Parquet, CSV, JSON</span>
        <Button kind="quiet" size="small" isDisabled={isAdding} onPress={() => add('folder')}>
          Add a folder
        </Button>
      </div>
    </section>
  );
}

function SourceItem({ source }: { source: SourceSummary }) {
  const { name, rows, quarantined, problem } = source;
  return (
    <ListBoxItem id={name} textValue={name} className={cx(styles.item)}>
      <Icon name="raw" />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.rows}>{source.snapshot === null ? '' : formatCount(rows)}</span>
      <span className={styles.second}>
        <span className={styles.note}>{factsOf(source)}</span>
        {problem !== null && (
          <span className={styles.failed}>
            <Mark tone="red" />
            not read
          </span>
        )}
        {problem === null && quarantined > 0 && (
          <span className={styles.look} title={`${countOf(quarantined, 'row')} in quarantine`}>
            <Mark tone="amber" />
            {formatCount(quarantined)}
            <span className={styles.hidden}> in quarantine</span>
          </span>
        )}
      </span>
    </ListBoxItem>
  );
}

function factsOf({ files, format, bytes, snapshot }: SourceSummary): string {
  const name = formatName(format);
  if (snapshot === null) return name;
  return `${files === 1 ? `1 ${name}` : `${formatCount(files)} ${name} files`}, ${formatBytes(bytes)}`;
}

function firstOf(keys: 'all' | Set<string | number>): string | null {
  const [first] = keys === 'all' ? [] : keys;
  return first === undefined ? null : String(first);
}

function addChosen(files: readonly RawInput[]): void {
  if (files.length > 0) void addFiles(files);
}
