import { MiniMap, useReactFlow } from '@xyflow/react';
import { IconButton } from '../../../ui/icon-button';
import { isOutside } from '../problem-text';
import styles from './dag-canvas.module.css';
import { MAP } from './fit';
import type { DagFlowNode } from './flow-nodes';
import { useFit } from './use-fit';

/** Zoom buttons and the small map, floating at the corner. */
export function CanvasControls() {
  const flow = useReactFlow();
  const showAll = useFit();
  return (
    <>
      <div className={styles.zoom}>
        <IconButton icon="minus" label="Zoom out" size="small" onPress={() => void flow.zoomOut()} />
        <IconButton icon="plus" label="Zoom in" size="small" onPress={() => void flow.zoomIn()} />
        <IconButton icon="fit" label="Show all" size="small" onPress={showAll} />
      </div>
      <MiniMap<DagFlowNode>
        className={styles.map ?? ''}
        ariaLabel="Map of the canvas"
        nodeColor={colourOf}
        nodeBorderRadius={12}
        style={{ ...MAP }}
        pannable
        zoomable
      />
    </>
  );
}

function colourOf({ data: { node, effect } }: DagFlowNode): string {
  if (node.problem && isOutside(node.problem)) return 'var(--data-soft)';
  if (node.problem || node.state === 'failed') return 'var(--red)';
  if (effect) return 'var(--amber)';
  if (node.state === 'shadow' || node.state === 'split') return 'var(--shadow)';
  return node.state === 'live' ? 'var(--live)' : 'var(--data)';
}
