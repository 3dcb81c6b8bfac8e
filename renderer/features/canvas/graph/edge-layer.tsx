import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { Effects } from '../effect/effect';
import type { Box, Edge } from '../layout/positions';
import styles from './edge-layer.module.css';
import { edgesIn, pathOf } from './edge-path';
import { useVisibleArea } from './use-visible-area';

export interface EdgeLayerProps {
  readonly edges: readonly Edge[];
  readonly boxes: ReadonlyMap<string, Box>;
  /** the nodes on the paths of the selected one; undefined while none is selected */
  readonly lit: ReadonlySet<string> | undefined;
  readonly effects: Effects;
}

/** The edges in sight as three paths below the nodes: those on the selected paths, those off them, and the affected ones. */
export const EdgeLayer = memo(function EdgeLayer({ edges, boxes, lit, effects }: EdgeLayerProps) {
  const area = useVisibleArea();
  const kinds = useMemo(
    () => sortEdges(edgesIn(edges, boxes, area), lit, effects),
    [edges, boxes, area, lit, effects],
  );
  // Drawn anew when other models are affected, not when other edges come into sight.
  const drawn = useMemo(() => [...effects.keys()].join(' '), [effects]);
  return (
    <ViewportPortal>
      <svg className={styles.edges} aria-hidden="true">
        <path className={styles.edge} data-dim="true" d={pathOf(kinds.dim, boxes)} />
        <path className={styles.edge} d={pathOf(kinds.lit, boxes)} />
        <path key={drawn} className={styles.affected} d={pathOf(kinds.affected, boxes)} />
      </svg>
    </ViewportPortal>
  );
});

function sortEdges(edges: readonly Edge[], lit: EdgeLayerProps['lit'], effects: Effects) {
  const kinds = { lit: [] as Edge[], dim: [] as Edge[], affected: [] as Edge[] };
  for (const edge of edges) {
    const isAffected = effects.has(edge.from) && effects.has(edge.to);
    const isLit = !lit || (lit.has(edge.from) && lit.has(edge.to));
    kinds[isAffected ? 'affected' : isLit ? 'lit' : 'dim'].push(edge);
  }
  return kinds;
}
