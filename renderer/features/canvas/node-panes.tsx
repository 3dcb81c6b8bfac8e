import type { KeyboardEvent } from 'react';
import type { Graph, NodeView } from '../../../shared/protocol/views/project';
import { EmptyState } from '../../ui/empty-state';
import { Split } from '../../ui/split';
import { Beside } from './beside/beside';
import { ModelPane } from './editor/model-pane';

export interface NodePanesProps {
  readonly dir: string;
  readonly graph: Graph;
  readonly node: NodeView | undefined;
  /** Escape, where nothing in the panes takes it */
  readonly onLeave: () => void;
}

/** Below the canvas: the selected model's SQL and rows, or a source's rows. */
export function NodePanes({ dir, graph, node, onLeave }: NodePanesProps) {
  if (!node) {
    return <EmptyState title="Nothing selected" text="Select a model to see its SQL and its rows." />;
  }
  const preview = <Beside key={node.id} dir={dir} graph={graph} node={node} />;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a way out for keys, not a control
    <div onKeyDown={press}>
      {node.type === 'source' ? (
        preview
      ) : (
        <Split
          id="canvas-node"
          panels={[
            {
              id: 'model',
              size: '56%',
              minSize: 320,
              stackHeight: 320,
              content: <ModelPane dir={dir} model={node.id} graph={graph} />,
            },
            { id: 'preview', minSize: 200, stackHeight: 280, content: preview },
          ]}
        />
      )}
    </div>
  );
}
