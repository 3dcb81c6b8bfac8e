import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { type KeyBinding, useKeyTable } from '../../../ui/key-table';
import { selectNode, useSelectedNode } from '../choice/selected-node';
import type { Affected } from '../effect/affected';
import styles from './model-list.module.css';
import { TreeLine } from './tree-line';
import { rowId, type TreeRow } from './tree-rows';

const ROW = 28;

export interface ModelTreeProps {
  readonly ref?: Ref<HTMLDivElement>;
  readonly rows: readonly TreeRow[];
  readonly affected: Affected;
  readonly onToggle: (group: string) => void;
}

/** Groups and their nodes as one tab stop with arrow keys; only the lines in sight are drawn. */
export function ModelTree({ ref, rows, affected, onToggle }: ModelTreeProps) {
  const treeId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement);
  const selected = useSelectedNode();
  const [active, setActive] = useState<string>();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const at = rows.findIndex((row) => rowId(row) === (active ?? selected));
  const { scrollToIndex } = virtual;
  const latest = useRef(rows);
  latest.current = rows;
  useEffect(() => {
    setActive(undefined);
    const place = latest.current.findIndex((row) => row.kind === 'node' && row.node.id === selected);
    if (place >= 0) scrollToIndex(place);
  }, [selected, scrollToIndex]);
  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setActive(rowId(row));
    scrollToIndex(rows.indexOf(row));
    if (row.kind === 'node') selectNode(row.node.id);
  };
  const press = useKeyTable('In the list of models', treeKeys({ at, rows, go, onToggle }));
  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label="Sources and models"
      aria-activedescendant={at >= 0 ? `${treeId}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div style={{ height: virtual.getTotalSize() }} role="presentation" className={styles.all}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row ? (
            <TreeLine
              key={rowId(row)}
              id={`${treeId}-${index}`}
              row={row}
              top={start}
              affected={affected}
              isSelected={row.kind === 'node' && row.node.id === selected}
              isActive={index === at}
              onPress={() => (row.kind === 'group' ? onToggle(row.group) : selectNode(row.node.id))}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface TreeGround {
  readonly at: number;
  readonly rows: readonly TreeRow[];
  readonly go: (index: number) => void;
  readonly onToggle: (group: string) => void;
}

function treeKeys({ at, rows, go, onToggle }: TreeGround): KeyBinding[] {
  const row = rows[at];
  const toggle = (isWanted: (isOpen: boolean) => boolean): boolean => {
    if (row?.kind !== 'group' || !isWanted(row.isOpen)) return false;
    onToggle(row.group);
    return true;
  };
  const close = (): boolean => {
    if (row?.kind !== 'node') return toggle((isOpen) => isOpen);
    go(rows.findIndex((other) => other.kind === 'group' && other.group === row.group));
    return true;
  };
  return [
    { keys: ['ArrowDown'], title: 'Go down', run: () => go(at + 1) },
    { keys: ['ArrowUp'], title: 'Go up', run: () => go(at - 1) },
    {
      keys: ['Home', 'End'],
      title: 'Go to the first or last',
      run: ({ key }) => go(key === 'Home' ? 0 : rows.length - 1),
    },
    { keys: ['ArrowLeft'], title: 'Close the group', run: close },
    { keys: ['ArrowRight'], title: 'Open the group', run: () => toggle((isOpen) => !isOpen) },
    { keys: ['Enter', 'Space'], title: 'Open or close the group', run: () => toggle(() => true) },
  ];
}
