import type { HistoryDetail } from '../../../shared/protocol/views/history';
import { countOf, formatCount, formatSeconds } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { SmallTable } from '../../ui/small-table';
import styles from './history.module.css';
import { RecordPart } from './record-part';

type Model = HistoryDetail['models'][number];
type Input = HistoryDetail['inputs'][number];

interface ModelTableProps {
  readonly models: readonly Model[];
  readonly onModel: (model: string) => void;
}

/** What a run wrote, model by model. */
export function ModelTable({ models, onModel }: ModelTableProps) {
  const rows = models.reduce((sum, model) => sum + model.rows, 0);
  return (
    <RecordPart title="Models" note={`${countOf(models.length, 'model')}, ${countOf(rows, 'row')}`}>
      <SmallTable
        label="Models"
        rows={models}
        rowKey={({ model }) => model}
        columns={[
          {
            id: 'model',
            title: 'Model',
            isWide: true,
            render: ({ model, table }) => (
              <span title={table ?? undefined}>
                <LinkButton onPress={() => onModel(model)}>{model}</LinkButton>
              </span>
            ),
          },
          { id: 'batches', title: 'Batches', isNumber: true, render: ({ batches }) => formatCount(batches) },
          { id: 'rows', title: 'Rows', isNumber: true, render: (model) => formatCount(model.rows) },
          { id: 'took', title: 'Took', isNumber: true, render: ({ seconds }) => formatSeconds(seconds) },
        ]}
      />
      <details className={styles.tables}>
        <summary>Tables written</summary>
        <ul>
          {models.map(({ model, table }) => (
            <li key={model} className={styles.mono}>
              {table ?? `${model}, a view`}
            </li>
          ))}
        </ul>
      </details>
    </RecordPart>
  );
}

/** The snapshots that a run read; they are kept as they were. */
export function InputTable(props: { inputs: readonly Input[]; onSource: (source: string) => void }) {
  return (
    <RecordPart title="Inputs" note="as they were then">
      <SmallTable
        label="Inputs"
        rows={props.inputs}
        rowKey={({ snapshot }) => snapshot}
        columns={[
          {
            id: 'source',
            title: 'Source',
            isWide: true,
            render: ({ source }) => (
              <LinkButton onPress={() => props.onSource(source)}>raw.{source}</LinkButton>
            ),
          },
          {
            id: 'snapshot',
            title: 'Snapshot',
            render: ({ snapshot }) => (
              <span className={styles.mono} title={snapshot}>
                {snapshot.slice(0, 8)}
              </span>
            ),
          },
          { id: 'rows', title: 'Rows', isNumber: true, render: ({ rows }) => formatCount(rows) },
        ]}
      />
    </RecordPart>
  );
}
