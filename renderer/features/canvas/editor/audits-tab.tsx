import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { EmptyState } from '../../../ui/empty-state';
import styles from './model-pane.module.css';

/** The checks that run over each batch, and whether a failure stops it. */
export function AuditsTab({ detail }: { detail: ModelDetail }) {
  if (detail.audits.length === 0) {
    return (
      <EmptyState
        icon="check"
        title="No audits yet"
        text="Name them in the MODEL block, as in audits (not_null(columns := (id)))."
      />
    );
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Audit</th>
          <th>Arguments</th>
          <th>When rows fail</th>
        </tr>
      </thead>
      <tbody>
        {detail.audits.map((audit) => (
          <tr key={`${audit.name} ${audit.arguments}`}>
            <td>{audit.name}</td>
            <td>
              <code>{audit.arguments}</code>
            </td>
            <td>{audit.blocking ? 'The backfill stops' : 'It is noted'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
