import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { useFindAction } from '../../../store/use-find-action';
import { SearchField } from '../../../ui/search-field';
import { selectNode } from '../choice/selected-node';
import type { Affected } from '../effect/affected';
import styles from './model-list.module.css';
import { ModelTree } from './model-tree';
import { OutsideFiles } from './outside-files';
import { groupNodes, treeRows } from './tree-rows';

const NONE: ReadonlySet<string> = new Set();

/** All sources and models by name, with a field to find one. */
export const ModelList = memo(function ModelList({ graph, affected }: { graph: Graph; affected: Affected }) {
  const [query, setQuery] = useState('');
  const [closed, setClosed] = useState(NONE);
  const field = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupNodes(graph), [graph]);
  const rows = useMemo(() => treeRows(groups, closed, query), [groups, closed, query]);
  const keys = useFindAction('canvas.find', { title: 'Find a model', group: 'Canvas', field });
  const toggle = (group: string): void => {
    const next = new Set(closed);
    if (!next.delete(group)) next.add(group);
    setClosed(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') tree.current?.focus();
    else if (event.key === 'Enter') {
      const hit = rows.find((row) => row.kind === 'node');
      if (hit?.kind === 'node') selectNode(hit.node.id);
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.list}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that go on from the field inside */}
      <div className={styles.find} onKeyDown={press}>
        <SearchField
          label="Find a model"
          value={query}
          onChange={setQuery}
          keys={keys}
          inputRef={field}
          isBare
        />
      </div>
      <ModelTree ref={tree} rows={rows} affected={affected} onToggle={toggle} />
      {rows.length === 0 && <p className={styles.none}>No name has “{query}” in it</p>}
      <OutsideFiles graph={graph} />
    </div>
  );
});
