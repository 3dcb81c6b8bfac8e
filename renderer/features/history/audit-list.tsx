import { useMemo, useState } from 'react';
import type { HistoryDetail } from '../../../shared/protocol/views/history';
import { Button } from '../../ui/button';
import { countOf, formatCount } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { LinkButton } from '../../ui/link-button';
import { Mark } from '../../ui/mark';
import { groupAudits, type PassedAudit } from './audit-groups';
import styles from './history.module.css';
import { RecordPart } from './record-part';

type Audit = HistoryDetail['audits'][number];

/** failed batches shown before the rest is asked for */
const FIRST = 20;

export interface AuditListProps {
  readonly audits: readonly Audit[];
  readonly onModel: (model: string) => void;
}

/** The audits of a run: failed ones first, batch by batch; passed ones in a line each. */
export function AuditList({ audits, onModel }: AuditListProps) {
  const { failed, passed } = useMemo(() => groupAudits(audits), [audits]);
  const [hasAll, setAll] = useState(false);
  const shown = hasAll ? failed : failed.slice(0, FIRST);
  const note =
    failed.length === 0
      ? `${formatCount(audits.length)} of ${formatCount(audits.length)} passed`
      : `${formatCount(failed.length)} of ${formatCount(audits.length)} failed`;
  return (
    <RecordPart title="Audits" note={note}>
      <ul className={styles.audits}>
        {shown.map((audit) => (
          <FailedLine
            key={`${audit.model} ${audit.audit} ${audit.batch} ${audit.failedRows}`}
            audit={audit}
            onModel={onModel}
          />
        ))}
        {shown.length < failed.length && (
          <li className={styles.more}>
            <Button kind="quiet" size="small" onPress={() => setAll(true)}>
              Show {formatCount(failed.length - shown.length)} more
            </Button>
          </li>
        )}
        {passed.map((audit) => (
          <PassedLine key={`${audit.model} ${audit.audit}`} audit={audit} onModel={onModel} />
        ))}
      </ul>
    </RecordPart>
  );
}

function FailedLine({ audit, onModel }: { audit: Audit; onModel: (model: string) => void }) {
  const { model, blocking, failedRows, batch } = audit;
  return (
    <li className={styles.audit} data-tone={blocking ? 'red' : 'amber'}>
      <Mark tone={blocking ? 'red' : 'amber'} />
      <span className={styles.auditName}>
        {audit.audit}
        {blocking ? '' : ', warns only'}
      </span>
      <span className={styles.auditCount}>{countOf(failedRows, 'row')}</span>
      <span className={styles.auditNote}>
        <LinkButton onPress={() => onModel(model)}>{model}</LinkButton> {batch}
      </span>
    </li>
  );
}

function PassedLine({ audit, onModel }: { audit: PassedAudit; onModel: (model: string) => void }) {
  const { model, batches } = audit;
  return (
    <li className={styles.audit} title={`Passed in ${countOf(batches, 'batch', 'batches')}`}>
      <Icon name="check" size="small" />
      <span className={styles.auditName}>{audit.audit}</span>
      <span className={styles.auditModel}>
        <LinkButton onPress={() => onModel(model)}>{model}</LinkButton>
      </span>
    </li>
  );
}
