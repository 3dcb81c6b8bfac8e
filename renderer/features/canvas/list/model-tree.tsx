import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
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
  const press = (event: KeyboardEvent): void => {
    if (pressTree({ key: event.key, at, rows, go, onToggle })) event.preventDefault();
  };
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

interface TreePress {
  readonly key: string;
  readonly at: number;
  readonly rows: readonly TreeRow[];
  readonly go: (index: number) => void;
  readonly onToggle: (group: string) => void;
}

/** Whether the key did something. */
function pressTree({ key, at, rows, go, onToggle }: TreePress): boolean {
  const row = rows[at];
  const isOpen = row?.kind === 'group' && row.isOpen;
  if (key === 'ArrowDown') go(at + 1);
  else if (key === 'ArrowUp') go(at - 1);
  else if (key === 'Home') go(0);
  else if (key === 'End') go(rows.length - 1);
  else if (key === 'ArrowLeft' && row?.kind === 'node') {
    go(rows.findIndex((other) => other.kind === 'group' && other.group === row.group));
  } else if (
    row?.kind === 'group' &&
    ((key === 'ArrowRight' && !isOpen) || (key === 'ArrowLeft' && isOpen))
  ) {
    onToggle(row.group);
  } else if (row?.kind === 'group' && (key === 'Enter' || key === ' ')) onToggle(row.group);
  else return false;
  return true;
}
