import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import { COLUMN_GAP, type LayoutGraph, type LayoutNode, type Positions, ROW_GAP } from './positions';

interface Layouter {
  readonly elk: ELK;
  /** rejects when the worker cannot be loaded or breaks down */
  readonly broken: Promise<never>;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(COLUMN_GAP),
  'elk.spacing.nodeNode': String(ROW_GAP),
  'elk.separateConnectedComponents': 'false',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** Straight edges are worth much in a small graph; in a large one they would make it three times as tall. */
const MANY = 150;

let layouter: Promise<Layouter> | undefined;

/** Layered from left to right by ELK, in a worker that is loaded with the first graph. Throws where it fails. */
export async function elkLayout(graph: LayoutGraph): Promise<Positions> {
  layouter ??= startLayouter();
  const { elk, broken } = await layouter;
  const { children = [] } = await Promise.race([elk.layout(toElk(graph)), broken]);
  return new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}

async function startLayouter(): Promise<Layouter> {
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  const worker = new Worker(new URL('./elk-worker.ts', import.meta.url), { type: 'module' });
  const broken = new Promise<never>((_done, fail) => {
    worker.addEventListener('error', (event) =>
      fail(new Error(event.message || 'The layout worker failed.')),
    );
  });
  return { elk: new Elk({ workerFactory: () => worker }), broken };
}

function toElk({ nodes, edges }: LayoutGraph): ElkNode & { children: ElkNode[] } {
  const isGrouped = nodes.some(({ band }) => band !== undefined);
  return {
    id: 'graph',
    layoutOptions: {
      ...OPTIONS,
      'elk.layered.nodePlacement.strategy': nodes.length > MANY ? 'LINEAR_SEGMENTS' : 'BRANDES_KOEPF',
      'elk.partitioning.activate': String(isGrouped),
    },
    children: nodes.map(({ id, width, height, ...node }) => ({
      id,
      width,
      height,
      layoutOptions: constraintOf(node),
    })),
    edges: edges.map(({ from, to }) => ({ id: `${from}>${to}`, sources: [from], targets: [to] })),
  };
}

function constraintOf({ isSource, band }: Pick<LayoutNode, 'isSource' | 'band'>): Record<string, string> {
  if (band !== undefined) return { 'elk.partitioning.partition': String(band) };
  return isSource ? { 'elk.layered.layering.layerConstraint': 'FIRST' } : {};
}
