import { useCallback, useMemo } from 'react';
import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { DataGrid } from '../../../ui/data-grid/data-grid';
import type { GridColumn, LoadPage, RenderCell } from '../../../ui/data-grid/grid-types';
import { formatCount, formatMinute } from '../../../ui/format';
import { Mark } from '../../../ui/mark';
import { selectNode } from '../choice/selected-node';
import type { Affected } from '../effect/affected';
import { changeWords, effectTag } from '../effect/effect-words';
import { kindWords, markOf, stateWords } from '../graph/node-words';
import styles from './model-table.module.css';
import { groupNodes } from './tree-rows';

const COLUMNS: readonly GridColumn[] = [
  { id: 'name', title: 'Name', kind: 'text', width: 240 },
  { id: 'kind', title: 'Kind', kind: 'text', width: 104 },
  { id: 'rows', title: 'Rows', kind: 'number', width: 96 },
  { id: 'filled', title: 'Filled', kind: 'time', width: 136 },
  { id: 'state', title: 'State', kind: 'text', width: 168 },
  { id: 'change', title: 'Change', kind: 'text', width: 260 },
];
const ROWS = COLUMNS.findIndex(({ id }) => id === 'rows');
const STATE = COLUMNS.findIndex(({ id }) => id === 'state');

/** The same as the canvas in lines: each source and model with its state and what an edit would touch. */
export function ModelTable(props: { graph: Graph; affected: Affected; onOpen: () => void }) {
  const { graph, affected } = props;
  const nodes = useMemo(() => [...groupNodes(graph).values()].flat(), [graph]);
  const loadPage = useMemo<LoadPage>(() => {
    const rows = nodes.map((node) => lineOf(node, affected));
    return async ({ offset, limit }) => ({ rows: rows.slice(offset, offset + limit), total: rows.length });
  }, [nodes, affected]);
  const renderCell = useCallback<RenderCell>(
    ({ row, column, value }) => {
      const node = nodes[row];
      if (column === ROWS && typeof value === 'number') return formatCount(value);
      if (column !== STATE || !node) return undefined;
      return (
        <span className={styles.state}>
          <Mark tone={markOf(node, affected.marks.get(node.id))} />
          {String(value)}
        </span>
      );
    },
    [nodes, affected],
  );
  return (
    <DataGrid
      label="Models"
      columns={COLUMNS}
      loadPage={loadPage}
      renderCell={renderCell}
      onSelect={({ row }) => selectNode(nodes[row]?.id ?? null)}
      onOpen={props.onOpen}
      emptyText="No models yet"
    />
  );
}

function lineOf(node: NodeView, affected: Affected): readonly unknown[] {
  const { id, rows, filledAt } = node;
  const filled = filledAt === null ? null : formatMinute(filledAt);
  return [id, kindWords(node), rows, filled, stateWords(node), changeOf(node, affected)];
}

function changeOf(node: NodeView, affected: Affected): string {
  const effect = affected.marks.get(node.id);
  if (affected.editing?.model === node.id) {
    const { change, problem } = affected.editing;
    return problem ? problem.message : change ? `Editing: ${changeWords(change)}` : 'Editing';
  }
  if (effect) return effectTag(effect, node);
  return node.change ? changeWords(node.change) : '';
}
