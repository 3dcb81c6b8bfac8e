import styles from '../canvas.module.css';
import { useCanvasChoice } from '../choice/canvas-choice';
import type { Positions } from '../layout/positions';
import { ModelTable } from '../list/model-table';
import { DagCanvas, type DagCanvasProps } from './dag-canvas';

const CARDS = Array.from({ length: 12 }, (_, card) => `card ${card}`);

/** The graph, drawn or as a list; while it is laid out, cards in its shape. */
export function GraphPane(props: Omit<DagCanvasProps, 'positions'> & { positions: Positions | undefined }) {
  const view = useCanvasChoice((choice) => choice.view);
  const { positions, ...rest } = props;
  if (view === 'list')
    return <ModelTable graph={props.graph} affected={props.affected} onOpen={props.onOpen} />;
  if (positions) return <DagCanvas key={props.dir} {...rest} positions={positions} />;
  return (
    <div className={styles.loading} role="status" aria-label="Loading">
      {CARDS.map((card) => (
        <i key={card} className={styles.card} />
      ))}
    </div>
  );
}
