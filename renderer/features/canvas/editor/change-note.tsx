import type { ReactNode } from 'react';
import type { ProblemView } from '../../../../shared/protocol/views/common';
import type { ChangeClass, Impact } from '../../../../shared/protocol/views/project';
import type { Fact } from '../../../store/fact-cache';
import { Chip, type ChipTone } from '../../../ui/chip';
import { Mark } from '../../../ui/mark';
import { changeWords } from '../effect/effect-words';
import { isOutside, lineText } from '../problem-text';
import { Line } from './markdown-view';
import styles from './model-pane.module.css';

const TONES: Readonly<Partial<Record<ChangeClass, ChipTone>>> = {
  breaking: 'amber',
  indirect_breaking: 'amber',
  removed: 'red',
};

/** The line under the editor: how the text differs from what is live, and why; or what keeps it from being read. */
export function ChangeNote(props: {
  impact: Fact<Impact>;
  problem: ProblemView | null;
  /** stands at the end of the line */
  end: ReactNode;
}) {
  const { impact, problem, end } = props;
  return (
    <div className={styles.note}>
      <div className={styles.said} role="status" aria-label="What the text changes">
        {problem ? <ProblemNote problem={problem} /> : <ImpactNote impact={impact} />}
      </div>
      {end && <span className={styles.end}>{end}</span>}
    </div>
  );
}

function ProblemNote({ problem }: { problem: ProblemView }) {
  const remedy = problem.remedy ? ` ${problem.remedy}` : '';
  const tone = isOutside(problem) ? 'amber' : 'red';
  return (
    <>
      <Chip tone={tone}>
        <Mark tone={tone} />
        {isOutside(problem) ? 'Not run here' : lineText(problem) || 'Problem'}
      </Chip>
      <span className={styles.reason} title={problem.message + remedy}>
        {problem.message}
        {remedy}
      </span>
    </>
  );
}

function ImpactNote({ impact: { data, problem } }: { impact: Fact<Impact> }) {
  if (problem) return <span className={styles.reason}>{problem.message}</span>;
  if (!data) return <span className={styles.quiet}>Reading the change</span>;
  if (data.change === null) return <span className={styles.quiet}>Gives the rows that are live</span>;
  const words = changeWords(data.change);
  const tone = TONES[data.change] ?? 'plain';
  return (
    <>
      <Chip tone={tone}>
        {tone === 'amber' && <Mark tone="amber" />}
        {words.charAt(0).toUpperCase() + words.slice(1)}
      </Chip>
      <span className={styles.reason} title={data.reason}>
        <Line text={data.reason} />
      </span>
    </>
  );
}
