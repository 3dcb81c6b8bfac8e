import type { RunStatus } from '../../../shared/protocol/views/backfill';
import type { AuditFailureView } from '../../../shared/protocol/views/quality';
import { useFact } from '../../store/use-fact';
import { formatCount } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Mark } from '../../ui/mark';
import { chooseFailed, useBackfillChoice } from './choice';
import { failedAuditWords, groupFailures } from './finding-words';
import styles from './run-findings.module.css';
import { shortName } from './words';

const MOST = 5;

/** What a run found out: audits that failed, with the way to their rows, and models that were left out because of a failure. */
export function RunFindings({ run }: { run: RunStatus }) {
  const { audits, failures, skipped } = run;
  const hasFailed = audits.failed > 0 || failures.length > 0;
  const { data } = useFact('audit.failures', hasFailed ? { run: run.id } : null, { keep: true });
  const groups = groupFailures(data?.failures ?? []);
  if (groups.length === 0 && skipped.length === 0) return null;
  return (
    <section className={styles.findings} aria-label="What the run found">
      <ul className={styles.list}>
        {groups.slice(0, MOST).map((failures) => (
          <Failed key={failures[0]?.id} failures={failures} />
        ))}
        {groups.length > MOST && (
          <li className={styles.line}>
            <span className={styles.quiet}>
              and {formatCount(groups.length - MOST)} more, all in the History
            </span>
          </li>
        )}
        {skipped.length > 0 && (
          <li className={styles.line}>
            <Mark tone="none" />
            <span>
              <strong>Left out</strong>, since what they read failed: {skipped.map(shortName).join(', ')}
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

function Failed({ failures }: { failures: readonly AuditFailureView[] }) {
  const [first] = failures;
  const looked = useBackfillChoice(({ failed }) => failed);
  if (!first) return null;
  const { run, model, audit, blocking } = first;
  const isShown = looked?.run === run && looked.model === model && looked.audit === audit;
  return (
    <li className={styles.line} data-tone={blocking ? 'red' : 'amber'}>
      <Mark tone={blocking ? 'red' : 'amber'} />
      <span>
        <strong>{audit}</strong> {failedAuditWords(failures)}
      </span>
      {isShown ? (
        <span className={styles.quiet}>shown below</span>
      ) : (
        <LinkButton
          label={`Show the rows of ${model} that failed ${audit}`}
          onPress={() => chooseFailed({ run, model, audit })}
        >
          Show the rows
        </LinkButton>
      )}
    </li>
  );
}
