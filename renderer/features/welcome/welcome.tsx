import { type Problem, placeText } from '../../../shared/base/errors';
import { runAction } from '../../store/actions';
import { showPanel, useEntranceChoice } from '../../store/choices/entrance';
import {
  clearOpeningProblem,
  createProject,
  importFiles,
  type Opening,
  openArchive,
  openFiles,
  openFolder,
  useOpening,
} from '../../store/opening';
import { isStaticPage } from '../../store/page';
import { Button } from '../../ui/button';
import { Logo } from '../../ui/logo';
import { ProblemPanel } from '../../ui/problem-panel';
import { ProgressBar } from '../../ui/progress-bar';
import { OpenElsewhere, PageProjects } from '../storage/storage';
import { DropArea } from './drop-area';
import { FolderPanel } from './folder-panel';
import { NewProjectPanel } from './new-project-panel';
import { PageProjectPanel } from './page-project-panel';
import { RecentList } from './recent-list';
import { SwapPictures } from './swap-pictures';
import { WaysIn } from './ways-in';
import styles from './welcome.module.css';

/** The first screen: what this is, and the ways into a project. */
export function Welcome() {
  const { opening, problem } = useOpening();
  const panel = useEntranceChoice((choice) => choice.panel);
  const ways = {
    openSample: () => runAction('open.sample'),
    openFolder: () => runAction('open.folder'),
    create: () => runAction('open.new'),
  };
  const Known = isStaticPage() ? PageProjects : RecentList;
  const NewPanel = isStaticPage() ? PageProjectPanel : NewProjectPanel;
  const back = (): void => showPanel('recent');
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <header className={styles.head}>
          <Logo size={56} />
          <div>
            <h1 className={styles.name}>Teal</h1>
            <p className={styles.promise}>
              Recompute history beside what is live, see what would change, then swap.
            </p>
          </div>
        </header>
        <section aria-label="Open a project">
          <WaysIn
            {...ways}
            isBusy={opening !== undefined}
            page={isStaticPage() ? { openArchive, openFiles } : undefined}
          />
          <DropArea onFiles={importFiles} onFolder={openFiles} isBusy={opening !== undefined} />
          {opening && <OpeningNote opening={opening} />}
          {problem && <OpeningProblem problem={problem} onBack={clearOpeningProblem} />}
        </section>
        {panel === 'recent' && <Known onOpen={openFolder} />}
        {panel === 'folder' && <FolderPanel onOpen={openFolder} onClose={back} />}
        {panel === 'new' && <NewPanel onCreate={createProject} onClose={back} />}
        <SwapPictures />
      </div>
    </div>
  );
}

function OpeningProblem({ problem, onBack }: { problem: Problem; onBack: () => void }) {
  if (isStaticPage() && problem.code === 'engine.locked')
    return <OpenElsewhere problem={problem} onBack={onBack} />;
  return <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />;
}

function OpeningNote({ opening }: { opening: Opening }) {
  return (
    <div className={styles.opening}>
      <span className={styles.openingText} role="status">
        {opening.text}
      </span>
      <Button kind="quiet" size="small" onPress={opening.cancel}>
        Stop
      </Button>
      <div className={styles.openingBar}>
        <ProgressBar label={opening.text} share={opening.share} />
      </div>
    </div>
  );
}
