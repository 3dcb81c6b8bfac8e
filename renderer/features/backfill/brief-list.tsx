import { Button as AriaButton } from 'react-aria-components';
import { placeText } from '../../../shared/base/errors';
import type { BriefView } from '../../../shared/protocol/views/backfill';
import { planFor } from '../../store/choices/planning';
import { useFact } from '../../store/use-fact';
import { Chip } from '../../ui/chip';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import styles from './brief-list.module.css';
import { placeWords, reasonWord, shortName } from './words';

/** The backfill files of the project; pressing one plans it. */
export function BriefList() {
  const { data, problem } = useFact('plan.briefs', {});
  if (problem) return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
  if (!data) return <Skeleton lines={3} />;
  if (data.briefs.length === 0) {
    return (
      <p className={styles.none}>
        None yet. A file such as <code>backfills/fix-discount.yaml</code> names models, days and a reason, and
        can be run again by anybody.
      </p>
    );
  }
  return (
    <ul className={styles.list}>
      {data.briefs.map((brief) => (
        <li key={brief.file}>{brief.problem ? <BrokenBrief brief={brief} /> : <Brief brief={brief} />}</li>
      ))}
    </ul>
  );
}

function Brief({ brief }: { brief: BriefView }) {
  const { file, name, environment, reason, description, models, start, end } = brief;
  const span =
    start === null && end === null ? 'whole history' : `${start ?? 'the start'} to ${end ?? 'now'}`;
  return (
    <AriaButton
      className={cx(styles.brief)}
      aria-label={`Plan ${name}`}
      onPress={() => planFor({ environment, brief: file })}
    >
      <span className={styles.line}>
        <strong>{name}</strong>
        <Chip>{reasonWord(reason)}</Chip>
        <span className={styles.go}>
          <Icon name="right" size="small" />
        </span>
      </span>
      {description && <span className={styles.second}>{description}</span>}
      <span className={styles.third}>
        {models.map(shortName).join(', ')}, {span}, into {environment}
      </span>
    </AriaButton>
  );
}

function BrokenBrief({ brief: { file, problem } }: { brief: BriefView }) {
  if (!problem) return null;
  return <ProblemPanel problem={{ ...problem, where: placeWords(problem, { file }) }} />;
}
