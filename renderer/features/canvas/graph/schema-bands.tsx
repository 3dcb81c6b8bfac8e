import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import type { NodeView } from '../../../../shared/protocol/views/project';
import type { Box } from '../layout/positions';
import { groupOf } from '../layout/schema-bands';
import styles from './schema-bands.module.css';

const MARGIN = 18;
const HEAD = 44;

/** A pale ground with a name behind the nodes of each schema. */
export function SchemaBands(props: { nodes: readonly NodeView[]; boxes: ReadonlyMap<string, Box> }) {
  const { nodes, boxes } = props;
  const bands = useMemo(() => boundsOf(nodes, boxes), [nodes, boxes]);
  return (
    <ViewportPortal>
      {[...bands].map(([group, { x, y, width, height }]) => (
        <div key={group} className={styles.band} style={{ left: x, top: y, width, height }}>
          {group}
        </div>
      ))}
    </ViewportPortal>
  );
}

/** All bands reach from the top of the graph to its bottom, so that they read as columns. */
function boundsOf(nodes: readonly NodeView[], boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Box> {
  const groups = new Map<string, { left: number; right: number }>();
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const node of nodes) {
    const box = boxes.get(node.id);
    if (!box) continue;
    const { left, right } = groups.get(groupOf(node)) ?? { left: box.x, right: box.x };
    groups.set(groupOf(node), {
      left: Math.min(left, box.x),
      right: Math.max(right, box.x + box.width),
    });
    top = Math.min(top, box.y - HEAD);
    bottom = Math.max(bottom, box.y + box.height + MARGIN);
  }
  return new Map(
    [...groups].map(([group, { left, right }]) => [
      group,
      { x: left - MARGIN, y: top, width: right - left + 2 * MARGIN, height: bottom - top },
    ]),
  );
}
