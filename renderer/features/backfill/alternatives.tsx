import { Radio, RadioGroup } from 'react-aria-components';
import type { PlanView } from '../../../shared/protocol/views/backfill';
import { cx } from '../../ui/cx';
import { formatBytes, formatCount, formatSeconds } from '../../ui/format';
import styles from './alternatives.module.css';
import type { Planned } from './use-planned';
import { alternativeText } from './words';

/** How much of the history to compute, each with what it would cost. Once the plan runs it only shows what was taken. */
export function Alternatives({ plan, planned }: { plan: PlanView; planned: Planned | undefined }) {
  const taken = planned ? planned.alternative : plan.alternatives.find(({ selected }) => selected)?.id;
  return (
    <RadioGroup
      className={cx(styles.group)}
      aria-label="Scope"
      value={taken ?? null}
      isReadOnly={!planned}
      onChange={(id) => planned?.takeAlternative(id)}
    >
      <div className={styles.head} aria-hidden="true">
        <span />
        <span />
        <span>Rows</span>
        <span>Time</span>
        <span>Disk</span>
      </div>
      {plan.alternatives.map((alternative) => (
        <Radio key={alternative.id} value={alternative.id} className={cx(styles.line)}>
          <i className={styles.knob} />
          <span className={styles.label} title={alternative.label}>
            {alternativeText(alternative)}
          </span>
          <Cost value={alternative.rows} format={formatCount} name="rows" />
          <Cost value={alternative.seconds} format={formatSeconds} name="" />
          <Cost value={alternative.bytes} format={formatBytes} name="" />
        </Radio>
      ))}
    </RadioGroup>
  );
}

function Cost(props: { value: number | null; format: (value: number) => string; name: string }) {
  if (props.value === null) return <span title="Not measured yet">–</span>;
  return (
    <span>
      {props.format(props.value)}
      {props.name && <span className={styles.hidden}> {props.name}</span>}
    </span>
  );
}
