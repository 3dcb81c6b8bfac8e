import { Suspense } from 'react';
import { placeText } from '../../shared/base/errors';
import { News } from '../features/news/news';
import { Palette } from '../features/palette/palette';
import { Shortcuts } from '../features/shortcuts/shortcuts';
import { Elsewhere, Unfit, useRoomNotice } from '../features/storage/storage';
import { Welcome } from '../features/welcome/welcome';
import { isStaticPage, useLack } from '../store/page';
import { useOverview } from '../store/project';
import { Announcer } from '../ui/announce';
import { ProblemPanel } from '../ui/problem-panel';
import { Skeleton } from '../ui/skeleton';
import { useKeptFocus } from '../ui/use-kept-focus';
import styles from './app.module.css';
import { DesktopMenu } from './desktop-menu';
import { ErrorBoundary } from './error-boundary';
import { Notices } from './notices';
import { Rail } from './rail';
import { RoomView } from './room-view';
import { MAIN, SkipLink } from './skip-link';
import { StatusBar } from './status-bar';
import { TitleBar } from './title-bar';
import { useOpenActions } from './use-open-actions';
import { useWindowActions } from './use-window-actions';

/** The frame: title bar, rail, the room in sight, status bar; the welcome screen while no project is open. */
export function App() {
  const { data: overview, problem } = useOverview();
  // An old overview stays beside a problem: these say that there is none any more.
  const isGone = problem?.code === 'project.none_open' || problem?.code === 'engine.locked';
  const project = isGone ? undefined : overview;
  useWindowActions(project !== undefined);
  useOpenActions(project !== undefined);
  useRoomNotice();
  useKeptFocus(`#${MAIN}`);
  return (
    <div className={styles.frame} data-bare={project === undefined}>
      <SkipLink />
      <TitleBar overview={project} />
      {project && <Rail overview={project} />}
      <main id={MAIN} tabIndex={-1} className={styles.main}>
        <ErrorBoundary>
          <Suspense fallback={<Skeleton lines={8} />}>
            {project ? <RoomView /> : <Entrance problem={problem} />}
          </Suspense>
        </ErrorBoundary>
      </main>
      <Shortcuts />
      <StatusBar overview={project} />
      <Palette isProjectOpen={project !== undefined} />
      <Notices />
      <News isProjectOpen={project !== undefined} />
      <Announcer />
      <DesktopMenu project={project?.dir ?? (problem?.code === 'project.none_open' ? null : undefined)} />
    </div>
  );
}

function Entrance({ problem }: { problem: ReturnType<typeof useOverview>['problem'] }) {
  const lack = useLack();
  if (lack) return <Unfit lack={lack} />;
  if (!problem) return <Skeleton lines={8} />;
  if (problem.code === 'project.none_open') return <Welcome />;
  if (problem.code === 'engine.locked' && isStaticPage()) return <Elsewhere problem={problem} />;
  return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
}
