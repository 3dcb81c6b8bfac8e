import { placeText } from '../../shared/base/errors';
import { dismissNotice, type Notice, useNotices } from '../store/notices';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Mark } from '../ui/mark';
import { ProblemPanel } from '../ui/problem-panel';
import styles from './notices.module.css';

/** What the window has to say about something that happened, at the lower right. */
export function Notices() {
  const notices = useNotices();
  return (
    <section className={styles.notices} aria-label="Notices">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { id, tone, text, problem, action } = notice;
  return (
    <div className={styles.card}>
      {problem ? (
        <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />
      ) : (
        <p className={styles.text} role="status">
          {tone === 'look' && <Mark tone="amber" />}
          {text}
        </p>
      )}
      <div className={styles.end}>
        {action && (
          <Button
            size="small"
            onPress={() => {
              action.run();
              dismissNotice(id);
            }}
          >
            {action.label}
          </Button>
        )}
        <IconButton icon="x" label="Put away" size="small" onPress={() => dismissNotice(id)} />
      </div>
    </div>
  );
}
