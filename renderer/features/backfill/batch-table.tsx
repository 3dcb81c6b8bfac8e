import type { BatchState, RunModel } from '../../../shared/protocol/views/backfill';
import { formatCount, formatSeconds } from '../../ui/format';
import { ScrollArea } from '../../ui/scroll-area';
import styles from './batch-table.module.css';

/** The grid in figures: one line a model. */
export function BatchTable({ models }: { models: readonly RunModel[] }) {
  return (
    <ScrollArea label="Batches by model" className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.model}>
              <th scope="row">{model.model}</th>
              {COLUMNS.map(({ name, read }) => (
                <td key={name}>{read(model)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

const COLUMNS: readonly { readonly name: string; readonly read: (model: RunModel) => string }[] = [
  { name: 'Filled', read: (model) => countOfState(model, 'done') },
  { name: 'Running', read: (model) => countOfState(model, 'running') },
  { name: 'Not started', read: (model) => countOfState(model, 'queued', 'waiting') },
  { name: 'Failed', read: (model) => countOfState(model, 'failed') },
  { name: 'Stopped', read: (model) => countOfState(model, 'stopped') },
  { name: 'Batches', read: ({ batches }) => formatCount(batches.length) },
  {
    name: 'Rows',
    read: ({ batches }) => formatCount(batches.reduce((sum, { rows }) => sum + (rows ?? 0), 0)),
  },
  {
    name: 'Time',
    read: ({ batches }) =>
      formatSeconds(batches.reduce((sum, batch) => sum + (batch.milliseconds ?? 0), 0) / 1000),
  },
];

function countOfState({ batches }: RunModel, ...states: readonly BatchState[]): string {
  return formatCount(batches.filter(({ state }) => states.includes(state)).length);
}
