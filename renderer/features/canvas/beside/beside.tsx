import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { EmptyState } from '../../../ui/empty-state';
import { FailingRows } from '../../quality/quality';
import { useCanvasChoice } from '../choice/canvas-choice';
import { lookAtRows, useQualityChoice } from '../choice/quality-choice';
import { PreviewPane } from '../preview/preview-pane';
import { isOutside, outsideWords } from '../problem-text';
import { RenderedPane } from './rendered-pane';

/** What stands beside a node's text: its rows, its SQL with macros filled in, or the rows that fail one of its audits. */
export function Beside({ dir, graph, node }: { dir: string; graph: Graph; node: NodeView }) {
  const { tab, beside } = useCanvasChoice();
  const failed = useQualityChoice((choice) => choice.failed);
  if (tab === 'audits' && failed?.node === node.id) {
    return (
      <FailingRows key={`${failed.run} ${failed.audit}`} failed={failed} onClose={() => lookAtRows(null)} />
    );
  }
  if (node.problem && isOutside(node.problem)) {
    const { message, kept, remedy } = node.problem;
    return (
      <EmptyState
        icon="info"
        title={outsideWords(node)}
        text={[message, kept, remedy].filter(Boolean).join(' ')}
      />
    );
  }
  const isRendered = tab === 'sql' && beside === 'rendered' && node.kind !== null;
  return isRendered ? (
    <RenderedPane dir={dir} model={node.id} />
  ) : (
    <PreviewPane dir={dir} graph={graph} node={node} />
  );
}
