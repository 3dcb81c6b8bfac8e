import { type RefObject, useState } from 'react';
import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { PickList, type PickOption } from '../../../ui/pick-list';
import { PopoverPanel } from '../../../ui/popover-panel';
import { Segmented } from '../../../ui/segmented';
import { listDrafts } from '../choice/drafts';
import { nodeElementId } from '../graph/dag-node';
import { kindIcon, kindWords } from '../graph/node-words';
import styles from './connect.module.css';
import { connectNodes } from './connect-nodes';
import { stopConnecting, useConnectingNode } from './connecting';
import { edgesOfTexts, type Reading, refusalOf } from './reading';

type Direction = 'reads' | 'feeds';

/** Asks for the other end of a connection, beside the node that has the one end. */
export function ConnectPanel(props: { root: RefObject<HTMLElement | null>; dir: string; graph: Graph }) {
  const { root, dir, graph } = props;
  const id = useConnectingNode();
  const node = graph.nodes.find((one) => one.id === id);
  const anchor = { current: (id && document.getElementById(nodeElementId(id))) || root.current };
  return (
    <PopoverPanel
      label={`Connect ${id ?? ''}`}
      trigger={anchor}
      isOpen={node !== undefined}
      onClose={stopConnecting}
    >
      {node && <OtherEnd node={node} dir={dir} graph={graph} />}
    </PopoverPanel>
  );
}

function OtherEnd({ node, dir, graph }: { node: NodeView; dir: string; graph: Graph }) {
  const isSource = node.type === 'source';
  const [direction, setDirection] = useState<Direction>(isSource ? 'feeds' : 'reads');
  const [refusal, setRefusal] = useState<string>();
  const edges = edgesOfTexts(graph, listDrafts(dir));
  const readingOf = (other: string): Reading =>
    direction === 'reads' ? { parent: other, child: node.id } : { parent: node.id, child: other };
  const options = graph.nodes
    .filter((other) => other.id !== node.id && (direction === 'reads' || other.type === 'model'))
    .map((other): PickOption => {
      const reading = readingOf(other.id);
      const refused = refusalOf(reading, edges);
      const isThere = edges.some(({ from, to }) => from === reading.parent && to === reading.child);
      const note = refused ?? (isThere ? 'Connected already' : kindWords(other));
      return { id: other.id, title: other.id, icon: kindIcon(other), note, isRefused: refused !== undefined };
    });
  const pick = (other: string): void => {
    const refused = refusalOf(readingOf(other), edges);
    setRefusal(refused);
    if (refused === undefined) void connectNodes(dir, readingOf(other));
  };
  return (
    <>
      <h2>Connect {node.id}</h2>
      {!isSource && (
        <Segmented
          label="Direction"
          size="small"
          segments={[
            { id: 'reads', content: 'It reads' },
            { id: 'feeds', content: 'It is read by' },
          ]}
          selected={direction}
          onSelect={(next) => {
            setDirection(next);
            setRefusal(undefined);
          }}
        />
      )}
      <PickList
        key={direction}
        label={direction === 'reads' ? `What ${node.name} reads` : `What reads ${node.name}`}
        options={options.toSorted((a, b) => Number(a.isRefused) - Number(b.isRefused))}
        onPick={pick}
      />
      <p className={styles.refusal} role="alert">
        {refusal}
      </p>
    </>
  );
}
