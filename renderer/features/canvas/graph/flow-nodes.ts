import { type Node, Position } from '@xyflow/react';
import type { NodeView } from '../../../../shared/protocol/views/project';
import type { Editing } from '../effect/affected';
import type { Effect } from '../effect/effect';
import { type Box, type Positions, sizeOf } from '../layout/positions';

export interface DagData extends Record<string, unknown> {
  readonly node: NodeView;
  readonly effect: Effect | undefined;
  /** what the host says of the text that is being typed, on the edited node only */
  readonly editing: Editing | undefined;
  /** its live version has just been swapped */
  readonly isSwapped: boolean;
}

export type DagFlowNode = Node<DagData, 'dag'>;

/** A node before React Flow's own fields. */
export interface DagItem extends DagData {
  readonly box: Box;
  readonly isSelected: boolean;
  readonly isDim: boolean;
}

const PORT = 7;

/** Where every placed node stands; moved nodes stand where they were dragged to. */
export function boxesOf(
  nodes: readonly NodeView[],
  positions: Positions,
  moved: Readonly<Record<string, { x: number; y: number }>>,
): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const node of nodes) {
    const at = moved[node.id] ?? positions.get(node.id);
    if (at) boxes.set(node.id, { x: at.x, y: at.y, ...sizeOf(node) });
  }
  return boxes;
}

/** React Flow's node; one that says the same as before stays the same object, so that it is not drawn again. */
export function toFlowNode(item: DagItem, former: DagFlowNode | undefined, dimClass: string): DagFlowNode {
  const { box, isSelected, isDim, node, effect, editing, isSwapped } = item;
  const className = isDim ? dimClass : '';
  const before = former?.data;
  const isSameData =
    before !== undefined &&
    before.node === node &&
    before.effect === effect &&
    before.editing === editing &&
    before.isSwapped === isSwapped;
  const isSame =
    former !== undefined &&
    isSameData &&
    former.position.x === box.x &&
    former.position.y === box.y &&
    former.selected === isSelected &&
    former.className === className;
  if (isSame) return former;
  const { width, height } = box;
  return {
    id: node.id,
    type: 'dag',
    position: { x: box.x, y: box.y },
    data: isSameData ? before : { node, effect, editing, isSwapped },
    width,
    height,
    measured: { width, height },
    handles: portsOf(box),
    selected: isSelected,
    className,
  };
}

/** Given beforehand, so that no node has to be measured. */
function portsOf({ width, height }: Box): NonNullable<DagFlowNode['handles']> {
  const port = { y: height / 2, width: PORT, height: PORT };
  return [
    { ...port, type: 'target', position: Position.Left, x: 0 },
    { ...port, type: 'source', position: Position.Right, x: width },
  ];
}
