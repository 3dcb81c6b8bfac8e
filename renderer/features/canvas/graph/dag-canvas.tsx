import '@xyflow/react/dist/base.css';
import { Background, type NodeChange, ReactFlow, ReactFlowProvider, type Viewport } from '@xyflow/react';
import { memo, useCallback, useMemo } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { selectNode, useSelectedNode } from '../choice/selected-node';
import { useDragConnect } from '../connect/use-drag-connect';
import type { Affected } from '../effect/affected';
import type { Point, Positions } from '../layout/positions';
import { CanvasControls } from './canvas-controls';
import { pathsThrough } from './connected';
import styles from './dag-canvas.module.css';
import { DagNode, DetailContext, nodeElementId } from './dag-node';
import { EdgeLayer } from './edge-layer';
import { LEAST_ZOOM, MOST_ZOOM } from './fit';
import { boxesOf, type DagFlowNode } from './flow-nodes';
import { SchemaBands } from './schema-bands';
import { useCanvasKeys } from './use-canvas-keys';
import { useFit } from './use-fit';
import { useFlowNodes } from './use-flow-nodes';
import type { Moved } from './use-moved';
import { useRefit } from './use-refit';
import { useReveal } from './use-reveal';
import { useSwapped } from './use-swapped';
import { useIsReadable } from './use-visible-area';

export interface DagCanvasProps {
  readonly label: string;
  /** the project's folder: what is remembered of the canvas belongs to it */
  readonly dir: string;
  readonly graph: Graph;
  readonly positions: Positions;
  readonly affected: Affected;
  readonly isGrouped: boolean;
  readonly moved: Moved;
  readonly onMove: (changes: ReadonlyMap<string, Point>, isDone: boolean) => void;
  /** Enter on a node, or a double click */
  readonly onOpen: () => void;
}

const NODE_TYPES = { dag: DagNode };
const NO_EDGES: [] = [];
const DRAG_PIXELS = 4;
const CONNECTION = { stroke: 'var(--teal)', strokeWidth: 2 };
const viewports = new Map<string, Viewport>();

/** The graph of sources and models: one tab stop, arrow keys go along the edges. */
export const DagCanvas = memo(function DagCanvas(props: DagCanvasProps) {
  return (
    <div className={styles.canvas}>
      <ReactFlowProvider>
        <Flow {...props} />
        <CanvasControls />
      </ReactFlowProvider>
    </div>
  );
});

function Flow(props: DagCanvasProps) {
  const { dir, graph, positions, affected, moved, onMove, onOpen } = props;
  const selected = useSelectedNode();
  const isReadable = useIsReadable();
  const swapped = useSwapped(dir, graph.nodes);
  const boxes = useMemo(() => boxesOf(graph.nodes, positions, moved), [graph.nodes, positions, moved]);
  const lit = useMemo(
    () => (selected !== null && boxes.has(selected) ? pathsThrough(graph.edges, selected) : undefined),
    [graph.edges, boxes, selected],
  );
  const nodes = useFlowNodes({
    ...{ graph, boxes, affected, swapped, selected, lit },
    dimClass: styles.dim ?? '',
  });
  const press = useCanvasKeys({ graph, boxes, effects: affected.marks, selected, onOpen });
  useReveal(selected, boxes);
  useRefit(positions, props.isGrouped);
  const change = useCallback((changes: NodeChange<DagFlowNode>[]) => takeMoves(changes, onMove), [onMove]);
  const viewport = viewports.get(dir);
  const showAll = useFit();
  const endConnect = useDragConnect(graph, dir);
  return (
    <DetailContext value={isReadable}>
      <ReactFlow
        className={styles.flow ?? ''}
        aria-label={props.label}
        aria-activedescendant={lit && selected !== null ? nodeElementId(selected) : undefined}
        tabIndex={0}
        onKeyDown={press}
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        onNodesChange={change}
        onNodeClick={(_event, { id }) => selectNode(id)}
        onNodeDoubleClick={onOpen}
        onPaneClick={() => selectNode(null)}
        onMoveEnd={(_event, next) => viewports.set(dir, next)}
        {...(viewport ? { defaultViewport: viewport } : { onInit: showAll })}
        minZoom={LEAST_ZOOM}
        maxZoom={MOST_ZOOM}
        nodeDragThreshold={DRAG_PIXELS}
        onlyRenderVisibleElements
        onConnectEnd={endConnect}
        connectionLineStyle={CONNECTION}
        connectOnClick={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={20} size={1.6} />
        {props.isGrouped && <SchemaBands nodes={graph.nodes} boxes={boxes} />}
        <EdgeLayer edges={graph.edges} boxes={boxes} lit={lit} effects={affected.marks} />
      </ReactFlow>
    </DetailContext>
  );
}

function takeMoves(changes: readonly NodeChange<DagFlowNode>[], onMove: DagCanvasProps['onMove']): void {
  const moves = new Map<string, Point>();
  let isDone = false;
  for (const change of changes) {
    if (change.type !== 'position') continue;
    if (change.position) moves.set(change.id, change.position);
    if (change.dragging === false) isDone = true;
  }
  if (moves.size > 0) onMove(moves, isDone);
}
