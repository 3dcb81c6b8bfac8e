import { useCallback, useMemo, useState } from 'react';
import { placeText } from '../../../shared/base/errors';
import type { AuditFailureView } from '../../../shared/protocol/views/quality';
import { callHost } from '../../store/host';
import { useFact } from '../../store/use-fact';
import { DataGrid } from '../../ui/data-grid/data-grid';
import { toGridColumns } from '../../ui/data-grid/grid-columns';
import type { LoadPage } from '../../ui/data-grid/grid-types';
import { EmptyState } from '../../ui/empty-state';
import { IconButton } from '../../ui/icon-button';
import { Mark } from '../../ui/mark';
import { PaneHead } from '../../ui/pane-head';
import { ProblemPanel } from '../../ui/problem-panel';
import { Select } from '../../ui/select';
import { Skeleton } from '../../ui/skeleton';
import styles from './failing-rows.module.css';
import { keptWords } from './kept-words';

/** An audit that failed in a run. */
export interface FailedAudit {
  readonly model: string;
  readonly run: string;
  readonly audit: string;
}

/** The rows that failed an audit in a run, as they were kept, batch by batch. */
export function FailingRows({ failed, onClose }: { failed: FailedAudit; onClose: () => void }) {
  const { model, run, audit } = failed;
  const { data, problem } = useFact('audit.failures', { run, model });
  const failures = useMemo(() => data?.failures.filter((one) => one.audit === audit), [data, audit]);
  const [chosen, setChosen] = useState<string>();
  const shown = failures?.find(({ id }) => id === chosen) ?? failures?.[0];
  return (
    <section className={styles.pane} aria-label={`Rows that fail ${audit}`}>
      <PaneHead
        title={
          <>
            <Mark tone={shown?.blocking === false ? 'amber' : 'red'} />
            {audit}
          </>
        }
        note={shown && keptWords(shown)}
        end={
          <>
            {failures && failures.length > 1 && (
              <Select
                label="Batch"
                hideLabel
                size="small"
                options={failures.map(({ id, batch }) => ({ id, title: batch }))}
                selected={shown?.id ?? null}
                onSelect={setChosen}
              />
            )}
            <IconButton icon="x" size="small" label="Close the failing rows" onPress={onClose} />
          </>
        }
        hasRule
      />
      <div className={styles.body}>
        {problem ? (
          <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />
        ) : !failures ? (
          <Skeleton lines={8} height="data" />
        ) : shown ? (
          <Rows key={shown.id} failure={shown} />
        ) : (
          <EmptyState title="No rows are kept" text="They were cleaned away with their run." />
        )}
      </div>
    </section>
  );
}

function Rows({ failure }: { failure: AuditFailureView }) {
  const { id, audit } = failure;
  const columns = useMemo(() => toGridColumns(failure.columns), [failure.columns]);
  const loadPage = useCallback<LoadPage>(
    ({ offset, limit, signal }) => callHost('audit.rows', { failure: id, offset, limit }, { signal }),
    [id],
  );
  return <DataGrid label={`Rows that fail ${audit}`} columns={columns} loadPage={loadPage} />;
}
