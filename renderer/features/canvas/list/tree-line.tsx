import { formatCount } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { Mark } from '../../../ui/mark';
import type { Affected } from '../effect/affected';
import { markOf, nodeLabel, rowWords } from '../graph/node-words';
import styles from './model-list.module.css';
import type { TreeRow } from './tree-rows';

export interface TreeLineProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly affected: Affected;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

/** One line of the tree: the head of a group, or a node with its mark and rows. */
export function TreeLine(props: TreeLineProps) {
  const { row, isSelected, isActive } = props;
  const isGroup = row.kind === 'group';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its active line
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the tree
    <div
      id={props.id}
      role="treeitem"
      aria-level={isGroup ? 1 : 2}
      aria-selected={isSelected}
      {...(isGroup ? { 'aria-expanded': row.isOpen } : { 'aria-label': labelOf(row, props.affected) })}
      className={isGroup ? styles.group : styles.item}
      data-active={isActive}
      style={{ top: props.top }}
      onClick={props.onPress}
    >
      {isGroup ? <GroupLine row={row} /> : <NodeLine row={row} affected={props.affected} />}
    </div>
  );
}

function GroupLine({ row }: { row: Extract<TreeRow, { kind: 'group' }> }) {
  return (
    <>
      <Icon name={row.isOpen ? 'down' : 'right'} size="small" />
      <span className={styles.clip}>{row.group}</span>
      <span className={styles.count}>{formatCount(row.count)}</span>
    </>
  );
}

function NodeLine(props: { row: Extract<TreeRow, { kind: 'node' }>; affected: Affected }) {
  const { node } = props.row;
  const { marks, editing } = props.affected;
  const isEdited = editing?.model === node.id;
  const effect = isEdited ? undefined : marks.get(node.id);
  return (
    <>
      <Mark tone={markOf(node, effect)} />
      <span className={styles.clip}>{node.name}</span>
      <span className={styles.count} data-edited={isEdited}>
        {isEdited ? 'edited' : rowWords(node)}
      </span>
    </>
  );
}

function labelOf(row: Extract<TreeRow, { kind: 'node' }>, { marks, editing }: Affected): string {
  const label = nodeLabel(row.node, marks.get(row.node.id));
  return editing?.model === row.node.id ? `${label}, not saved` : label;
}
