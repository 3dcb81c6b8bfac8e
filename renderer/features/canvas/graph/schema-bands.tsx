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

function boundsOf(nodes: readonly NodeView[], boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Box> {
  const bounds = new Map<string, Box>();
  for (const node of nodes) {
    const box = boxes.get(node.id);
    if (!box) continue;
    const padded = {
      x: box.x - MARGIN,
      y: box.y - HEAD,
      width: box.width + 2 * MARGIN,
      height: box.height + HEAD + MARGIN,
    };
    const former = bounds.get(groupOf(node));
    bounds.set(groupOf(node), former ? unite(former, padded) : padded);
  }
  return bounds;
}

function unite(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
