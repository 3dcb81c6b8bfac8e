import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { EmptyState } from '../../../ui/empty-state';
import { MarkdownView } from './markdown-view';
import styles from './model-pane.module.css';

/** What is written about the model: its description, its page in `docs/`, its columns. */
export function DocsTab({ detail }: { detail: ModelDetail }) {
  const { description, docs, columns } = detail;
  if (description === '' && docs === '' && columns.length === 0) {
    return (
      <EmptyState
        icon="text"
        title="Nothing written yet"
        text={`Add a description to the MODEL block, or a page docs/${detail.id}.md.`}
      />
    );
  }
  return (
    <div className={styles.docs}>
      {description !== '' && <MarkdownView source={description} />}
      {docs !== '' && <MarkdownView source={docs} />}
      {columns.length > 0 && <Columns columns={columns} />}
    </div>
  );
}

function Columns({ columns }: { columns: ModelDetail['columns'] }) {
  return (
    <table className={styles.table} data-inset="true">
      <thead>
        <tr>
          <th>Column</th>
          <th>Type</th>
          <th>Description</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, type, description }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <code>{type}</code>
            </td>
            <td>{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
