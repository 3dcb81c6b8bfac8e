import type { ReactNode } from 'react';
import { Mark } from '../../../ui/mark';
import { changeWords, effectTag } from '../effect/effect-words';
import styles from './dag-node.module.css';
import type { DagData } from './flow-nodes';

/** The line over a node: what is being edited, what that touches, what waits; the first of these that holds. */
export function NodeTag({ data }: { data: DagData }) {
  const { node, effect, editing } = data;
  if (editing?.problem) return <Tag tone="red">Editing: has a problem</Tag>;
  if (editing) {
    return <Tag tone="teal">{editing.change ? `Editing: ${changeWords(editing.change)}` : 'Editing'}</Tag>;
  }
  if (effect) {
    return (
      <Tag tone="amber">
        <Mark tone="amber" />
        {effectTag(effect, node)}
      </Tag>
    );
  }
  if (node.shadow) return <Tag tone="shadow">{node.live ? 'Shadow waits' : 'Shadow only'}</Tag>;
  if (node.stale.length === 0) return null;
  return (
    <Tag tone="amber">
      <Mark tone="amber" />
      Raw files changed
    </Tag>
  );
}

function Tag({ tone, children }: { tone: string; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
