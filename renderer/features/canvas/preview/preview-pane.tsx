import { useMemo } from 'react';
import type { Graph, NodeView } from '../../../../shared/protocol/views/project';
import { goTo } from '../../../store/choices/room';
import { useEnvironment } from '../../../store/project';
import { useFact } from '../../../store/use-fact';
import { Button } from '../../../ui/button';
import { DataGrid } from '../../../ui/data-grid/data-grid';
import { toGridColumns } from '../../../ui/data-grid/grid-columns';
import type { LoadPage } from '../../../ui/data-grid/grid-types';
import { EmptyState } from '../../../ui/empty-state';
import { PaneHead } from '../../../ui/pane-head';
import { ProblemPanel } from '../../../ui/problem-panel';
import { Segmented } from '../../../ui/segmented';
import { Skeleton } from '../../../ui/skeleton';
import { chooseCanvas, useCanvasChoice } from '../choice/canvas-choice';
import { useSettledDrafts } from '../choice/drafts';
import { toProblemText } from '../problem-text';
import styles from './preview-pane.module.css';
import { emptyText, previewNote } from './preview-words';
import { pickSide, type Side, sidesOf, unfilledParents } from './sides';

/** Longer than for the affected marks, as each pause runs the query. */
const TYPING_PAUSE = 450;
const LIMIT = 200;

/** Rows of the selected node: as its text gives them, as they are live, or as they wait in a shadow. */
export function PreviewPane({ dir, graph, node }: { dir: string; graph: Graph; node: NodeView }) {
  const draft = useSettledDrafts(dir, TYPING_PAUSE).find(({ model }) => model === node.id);
  const environment = useEnvironment();
  const chosen = useCanvasChoice((choice) => choice.side);
  const sides = sidesOf(node, 'prod', environment?.name ?? 'prod');
  const side = pickSide(sides, chosen, draft !== undefined || node.change !== null);
  const isEdit = side?.id === 'edit';
  const missing = isEdit ? unfilledParents(graph, node.id) : [];
  const input =
    side === undefined || missing.length > 0
      ? null
      : { model: node.id, side: side.id, limit: LIMIT, ...(isEdit && draft ? { text: draft.text } : {}) };
  const { data, problem } = useFact('model.preview', input);
  return (
    <section className={styles.pane} aria-label={`Preview of ${node.id}`}>
      <PaneHead
        title="Preview"
        note={data && side ? previewNote(node, data, isEdit) : undefined}
        end={node.type === 'source' ? <OpenRaw /> : <SideSwitch sides={sides} side={side} />}
        hasRule
      />
      <div className={styles.body}>
        {problem ? (
          <ProblemPanel problem={toProblemText(problem)} />
        ) : !side || missing.length > 0 ? (
          <EmptyState title="No rows yet" text={emptyText(missing)} />
        ) : (
          <Rows key={`${node.id} ${side.id}`} id={node.id} data={data} />
        )}
      </div>
    </section>
  );
}

type Preview = ReturnType<typeof useFact<'model.preview'>>['data'];

function Rows({ id, data }: { id: string; data: Preview }) {
  const columns = useMemo(
    () => (data ? toGridColumns(data.page.columns, { profile: data.profile, keys: keysOf(data) }) : []),
    [data],
  );
  const loadPage = useMemo<LoadPage>(() => {
    const rows = data?.page.rows ?? [];
    return async ({ offset, limit }) => ({ rows: rows.slice(offset, offset + limit), total: rows.length });
  }, [data]);
  if (!data) return <Skeleton lines={10} height="data" />;
  return <DataGrid label={`Rows of ${id}`} columns={columns} loadPage={loadPage} hasProfiles />;
}

/** A first column without repeats is what rows are told apart by. */
function keysOf(data: NonNullable<Preview>): string[] {
  const [first] = data.profile;
  return first?.shape === 'unique' ? [first.name] : [];
}

function SideSwitch({ sides, side }: { sides: readonly Side[]; side: Side | undefined }) {
  if (sides.length < 2) return null;
  return (
    <Segmented
      label="Rows of"
      size="small"
      segments={sides.map(({ id, title }) => ({ id, content: title }))}
      selected={side?.id ?? null}
      onSelect={(next) => chooseCanvas({ side: next })}
    />
  );
}

function OpenRaw() {
  return (
    <Button kind="quiet" size="small" icon="raw" onPress={() => goTo('raw')}>
      Open in Raw data
    </Button>
  );
}
