import { placeText } from '../../../shared/base/errors';
import { DAY, toDay, toTimestamp } from '../../../shared/base/time';
import type { Span } from '../../../shared/protocol/views/common';
import { useFact } from '../../store/use-fact';
import { CodeEditor } from '../../ui/code-editor/code-editor';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import styles from './batch-detail.module.css';

/** The statement of a model for one span, macros filled in, as it stands in the project now. */
export function BatchSql({ model, span }: { model: string; span: Span | null }) {
  const { data, problem } = useFact('model.render', { model, ...(span ? rangeOf(span) : {}) });
  if (problem) return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
  if (!data) return <Skeleton lines={6} height="data" />;
  return (
    <div className={styles.sql}>
      <CodeEditor label={`SQL of ${model}`} text={data.sql} isReadOnly />
    </div>
  );
}

/** As a person writes it: an end without a time of day includes its day. */
function rangeOf(span: Span): { start: string; end: string } {
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
  if (from % DAY === 0 && to % DAY === 0) return { start: toDay(from), end: toDay(to - DAY) };
  return { start: toTimestamp(from), end: toTimestamp(to) };
}
