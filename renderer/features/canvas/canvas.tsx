import { useCallback, useMemo, useRef } from 'react';
import type { Graph, Overview } from '../../../shared/protocol/views/project';
import { goTo } from '../../store/choices/room';
import { useEnvironment, useOverview } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { Split } from '../../ui/split';
import styles from './canvas.module.css';
import { useCanvasChoice } from './choice/canvas-choice';
import { useSelectedNode } from './choice/selected-node';
import { ConnectPanel } from './connect/connect-panel';
import { useAffected } from './effect/use-affected';
import { focusPart } from './focus-part';
import { GraphPane } from './graph/graph-pane';
import { useMoved } from './graph/use-moved';
import { useStableGraph } from './graph/use-stable-graph';
import { useLayout } from './layout/use-layout';
import { ModelList } from './list/model-list';
import { NodePanes } from './node-panes';
import { toProblemText } from './problem-text';
import { CanvasToolbar } from './toolbar/canvas-toolbar';
import { useCanvasActions } from './use-canvas-actions';

/** The Canvas room: what feeds what, what is live, and what an edit would touch. */
export function Canvas() {
  const { data: overview } = useOverview();
  const environment = useEnvironment()?.name;
  const fact = useFact('project.graph', overview ? (environment ? { environment } : {}) : null, {
    keep: true,
  });
  const graph = useStableGraph(fact.data);
  if (fact.problem && !graph) return <ProblemPanel problem={toProblemText(fact.problem)} />;
  if (!graph || !overview) return <Skeleton lines={10} />;
  if (graph.nodes.length === 0) return <NoModels />;
  return <Room graph={graph} overview={overview} />;
}

function Room({ graph, overview }: { graph: Graph; overview: Overview }) {
  const { dir } = overview;
  const root = useRef<HTMLDivElement>(null);
  const selected = useSelectedNode();
  const node = useMemo(() => graph.nodes.find(({ id }) => id === selected), [graph.nodes, selected]);
  const affected = useAffected(graph, overview);
  const { moved, move, tidy } = useMoved(dir);
  const isGrouped = useCanvasChoice((choice) => choice.isGrouped);
  const positions = useLayout(graph, isGrouped);
  const open = useCallback(() => focusPart(root, 'editor'), []);
  const isMoved = Object.keys(moved).length > 0;
  useCanvasActions({ root, node, overview, affected, tidy: isMoved ? tidy : undefined });
  const graphPane = { graph, positions, affected, isGrouped, moved, dir, onMove: move, onOpen: open };
  const main = (
    <div className={styles.main}>
      <CanvasToolbar graph={graph} overview={overview} affected={affected} isMoved={isMoved} onTidy={tidy} />
      <Split
        id="canvas-rows"
        direction="vertical"
        panels={[
          {
            id: 'graph',
            minSize: 120,
            stackHeight: 300,
            content: <GraphPane label={`Models of ${overview.name}`} {...graphPane} />,
          },
          {
            id: 'node',
            size: '39%',
            minSize: 96,
            isCollapsible: true,
            content: (
              <NodePanes dir={dir} graph={graph} node={node} onLeave={() => focusPart(root, 'graph')} />
            ),
          },
        ]}
      />
    </div>
  );
  const list = <ModelList graph={graph} affected={affected} />;
  return (
    <div ref={root} className={styles.room}>
      <Split
        id="canvas"
        panels={[
          {
            id: 'list',
            size: 216,
            minSize: 160,
            maxSize: 400,
            isFixed: true,
            isCollapsible: true,
            stackHeight: 160,
            content: list,
          },
          { id: 'main', minSize: 480, content: main },
        ]}
      />
      <ConnectPanel root={root} dir={dir} graph={graph} />
    </div>
  );
}

function NoModels() {
  return (
    <EmptyState
      icon="canvas"
      title="No models yet"
      text="Add raw files first; each then stands here as the source of a model."
    >
      <Button kind="ink" onPress={() => goTo('raw')}>
        Add raw files
      </Button>
    </EmptyState>
  );
}
