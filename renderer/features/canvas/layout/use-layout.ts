import { useEffect, useMemo, useRef, useState } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { elkLayout } from './elk-layout';
import { type LayoutGraph, type Positions, sizeOf } from './positions';
import { bandsOf, groupOf } from './schema-bands';
import { simpleLayout } from './simple-layout';

const PATIENCE = 8000;
const KEPT = 8;
const layouts = new Map<string, Positions>();

/** Where the nodes stand. It changes with the shape of the graph only; until a new layout is there, the former stays. */
export function useLayout(graph: Graph, isGrouped: boolean): Positions | undefined {
  const shape = useMemo(() => shapeOf(graph, isGrouped), [graph, isGrouped]);
  const key = useMemo(() => JSON.stringify(shape), [shape]);
  const latest = useRef(shape);
  latest.current = shape;
  const [done, setDone] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    void placeNodes(key, latest.current).then(() => {
      if (isWanted) setDone(key);
    });
    return () => {
      isWanted = false;
    };
  }, [key]);
  return layouts.get(key) ?? (done === undefined ? undefined : layouts.get(done));
}

async function placeNodes(key: string, shape: LayoutGraph): Promise<void> {
  if (layouts.has(key)) return;
  const positions = await layOut(shape);
  for (const old of [...layouts.keys()].slice(0, Math.max(0, layouts.size - KEPT))) layouts.delete(old);
  layouts.set(key, positions);
}

/** The layouter's answer; its own failure or silence must not cost the user the picture. */
async function layOut(shape: LayoutGraph): Promise<Positions> {
  const tooLong = new Promise<Positions>((done) => {
    window.setTimeout(() => done(simpleLayout(shape)), PATIENCE);
  });
  try {
    return await Promise.race([elkLayout(shape), tooLong]);
  } catch (error) {
    console.warn('The layout worker failed; nodes are placed by the simple layout.', error);
    return simpleLayout(shape);
  }
}

function shapeOf(graph: Graph, isGrouped: boolean): LayoutGraph {
  const bands = isGrouped ? bandsOf(graph) : undefined;
  const nodes = graph.nodes.map((node) => {
    const band = bands?.get(groupOf(node));
    const own = { id: node.id, isSource: node.type === 'source', ...sizeOf(node) };
    return band === undefined ? own : { ...own, band };
  });
  return { nodes, edges: graph.edges };
}
