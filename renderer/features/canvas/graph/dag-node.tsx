import { Handle, type NodeProps, Position } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import type { Span } from '../../../../shared/protocol/views/common';
import type { NodeView } from '../../../../shared/protocol/views/project';
import { formatCount } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { Mark } from '../../../ui/mark';
import { isOutside, lineText, outsideWords } from '../problem-text';
import styles from './dag-node.module.css';
import type { DagData, DagFlowNode } from './flow-nodes';
import { NodeTag } from './node-tag';
import { kindIcon, kindMeaning, kindWords, nodeLabel, rowWords, shortFreshWords } from './node-words';
import { PartitionBar } from './partition-bar';

/** False while the canvas is zoomed out so far that no text can be read. */
export const DetailContext = createContext(true);

/** The id of a node's element, for the canvas to name as its active one. */
export function nodeElementId(id: string): string {
  return `canvas-node-${id}`;
}

/** A source or model on the canvas. */
export const DagNode = memo(function DagNode({ data, selected }: NodeProps<DagFlowNode>) {
  const { node, effect, editing, isSwapped } = data;
  const isDetailed = useContext(DetailContext);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a node of a drawing, not a set of form fields
    <div
      id={nodeElementId(node.id)}
      role="group"
      aria-label={nodeLabel(node, effect)}
      className={styles.node}
      data-type={node.type}
      data-state={node.problem ? (isOutside(node.problem) ? 'outside' : 'failed') : node.state}
      data-affected={effect !== undefined && editing === undefined && !selected}
      data-selected={selected}
      data-swapped={isSwapped}
      data-plain={!isDetailed}
    >
      <i className={styles.edge} />
      {isDetailed && <Detail data={data} />}
    </div>
  );
});

function Detail({ data }: { data: DagData }) {
  const { node } = data;
  return (
    <>
      <NodeTag data={data} />
      <span className={styles.name}>{node.name}</span>
      {node.problem ? <ProblemLines node={node} problem={node.problem} /> : <Facts data={data} />}
      {node.type === 'model' && <Port type="target" />}
      <Port type="source" />
    </>
  );
}

/** Where edges end; a line drawn from it to another node connects the two. */
function Port({ type }: { type: 'source' | 'target' }) {
  const position = type === 'source' ? Position.Right : Position.Left;
  return <Handle type={type} position={position} className={styles.port ?? ''} />;
}

function Facts({ data: { node, effect } }: { data: DagData }) {
  const hasLanes = node.live !== null && node.shadow !== null;
  const hasBar = node.type === 'model' && node.kind !== 'VIEW';
  return (
    <>
      <span className={styles.facts} title={kindMeaning(node)}>
        {hasLanes ? <Versions node={node} /> : <About node={node} />}
        {node.quarantined === 0 && <span className={styles.count}>{countOf(node)}</span>}
      </span>
      {hasBar &&
        (hasLanes ? <Lanes node={node} hit={effect?.spans} /> : <Bar node={node} hit={effect?.spans} />)}
    </>
  );
}

function About({ node }: { node: NodeView }) {
  if (node.quarantined > 0) {
    return (
      <span className={styles.look}>
        <Mark tone="amber" />
        {formatCount(node.quarantined)} quarantined
      </span>
    );
  }
  const fresh = node.type === 'source' ? '' : shortFreshWords(node);
  return (
    <>
      <Icon name={kindIcon(node)} size="small" />
      <span className={styles.clip}>{[kindWords(node), fresh].filter(Boolean).join(', ')}</span>
    </>
  );
}

function Versions({ node }: { node: NodeView }) {
  return (
    <>
      <span className={styles.live}>{node.live?.version} live</span>
      <span className={styles.shadow}>{node.shadow?.version} shadow</span>
    </>
  );
}

function Bar({ node, hit }: { node: NodeView; hit: readonly Span[] | undefined }) {
  const lane = node.live ?? node.shadow;
  return (
    <span className={styles.bar}>
      <PartitionBar
        lane={lane}
        tone={node.live ? 'live' : 'shadow'}
        history={node.history}
        hit={lane ? hit : undefined}
        stale={node.stale}
      />
    </span>
  );
}

function Lanes({ node, hit }: { node: NodeView; hit: readonly Span[] | undefined }) {
  return (
    <span className={styles.lanes}>
      {(['live', 'shadow'] as const).map((tone) => (
        <span key={tone} className={styles.lane}>
          <Mark tone={tone} />
          <PartitionBar
            lane={node[tone]}
            tone={tone}
            history={node.history}
            hit={tone === 'shadow' ? hit : undefined}
            isThin
          />
        </span>
      ))}
    </span>
  );
}

function ProblemLines({ node, problem }: { node: NodeView; problem: NonNullable<NodeView['problem']> }) {
  if (isOutside(problem)) {
    return (
      <span className={styles.outside} title={problem.message}>
        <span className={styles.look}>
          <Mark tone="amber" />
          {outsideWords(node)}
        </span>
        <span className={styles.clip}>{node.file}</span>
      </span>
    );
  }
  return (
    <span className={styles.problem} title={problem.message}>
      <span className={styles.clip}>{problem.message}</span>
      <span className={styles.clip}>{lineText(problem) || node.file}</span>
    </span>
  );
}

function countOf(node: NodeView): string {
  if (node.type === 'model') return rowWords(node);
  return node.files === 0 ? '' : node.files === 1 ? '1 file' : `${formatCount(node.files)} files`;
}
