import { placeText } from '../../../shared/base/errors';
import type { SourceSummary } from '../../../shared/protocol/views/raw';
import { useFact } from '../../store/use-fact';
import { Skeleton } from '../../ui/skeleton';
import { Split } from '../../ui/split';
import styles from './raw.module.css';
import { ReadingPane } from './reading-pane';
import { SourceMain } from './source-main';
import { SourceProblem } from './source-problem';
import { useReading } from './use-reading';
import { useSourceActions } from './use-source-actions';
import { useSourceView } from './use-source-view';

const NARROW = '(max-width: 1199px)';

/** One source: its data in the middle, how it was read at the right. */
export function SourceRoom({ summary }: { summary: SourceSummary }) {
  const { name } = summary;
  const { data, problem } = useFact('source.read', { source: name });
  const reading = useReading(name, data);
  const view = useSourceView();
  useSourceActions({ name, reading, view, isRead: reading.detail !== undefined });
  const { detail } = reading;
  const failure = problem
    ? { ...problem, where: placeText(problem.place) }
    : summary.problem === null
      ? undefined
      : {
          message: summary.problem,
          kept: detail && 'The former snapshot is shown and still used.',
          remedy: 'Correct the files or how they are read, then read them again.',
        };
  if (!detail && !failure) return <Skeleton lines={14} height="data" />;
  if (!detail)
    return (
      <section className={styles.unread} aria-label={`raw.${name}`}>
        <h2 className={styles.unreadTitle}>raw.{name}</h2>
        {failure && <SourceProblem failure={failure} reading={reading} />}
      </section>
    );
  const isNarrow = window.matchMedia(NARROW).matches;
  const side = {
    size: isNarrow ? 264 : 296,
    minSize: 240,
    maxSize: 440,
    isFixed: true,
    isCollapsible: true,
    stackHeight: 400,
  };
  return (
    <Split
      id="source"
      panels={[
        {
          id: 'main',
          minSize: 360,
          content: (
            <SourceMain detail={detail} view={view}>
              {failure && <SourceProblem failure={failure} reading={reading} />}
            </SourceMain>
          ),
        },
        {
          id: 'reading',
          ...side,
          content: <ReadingPane detail={detail} reading={reading} view={view} />,
        },
      ]}
    />
  );
}
