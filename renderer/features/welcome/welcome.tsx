import { useMemo, useState } from 'react';
import { type Problem, placeText } from '../../../shared/base/errors';
import { type Action, useOfferActions } from '../../store/actions';
import { isStaticPage } from '../../store/page';
import { getFolderPicker } from '../../store/shell';
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
import { type Opening, useOpening } from './use-opening';
import { WaysIn } from './ways-in';
import styles from './welcome.module.css';

/** The first screen: what this is, and the ways into a project. */
export function Welcome() {
  const openers = useOpening();
  const { openFolder, openSample, opening, problem } = openers;
  const [panel, setPanel] = useState<'recent' | 'folder' | 'new'>('recent');
  const ways = {
    openSample,
    openFolder: () => {
      if (!isStaticPage()) void pickFolder(openFolder, () => setPanel('folder'));
    },
    create: () => setPanel('new'),
  };
  useWelcomeActions(ways);
  const Known = isStaticPage() ? PageProjects : RecentList;
  const NewPanel = isStaticPage() ? PageProjectPanel : NewProjectPanel;
  const back = (): void => setPanel('recent');
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
          <WaysIn {...ways} isBusy={opening !== undefined} page={isStaticPage() ? openers : undefined} />
          <DropArea
            onFiles={openers.importFiles}
            onFolder={openers.openFiles}
            isBusy={opening !== undefined}
          />
          {opening && <OpeningNote opening={opening} />}
          {problem && <OpeningProblem problem={problem} onBack={openers.clear} />}
        </section>
        {panel === 'recent' && <Known onOpen={openFolder} />}
        {panel === 'folder' && <FolderPanel onOpen={openFolder} onClose={back} />}
        {panel === 'new' && <NewPanel onCreate={openers.create} onClose={back} />}
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

async function pickFolder(open: (dir: string) => void, askHere: () => void): Promise<void> {
  const pick = getFolderPicker();
  if (!pick) return askHere();
  const dir = await pick();
  if (dir !== null) open(dir);
}

function useWelcomeActions(ways: { openSample(): void; openFolder(): void; create(): void }): void {
  const [latest] = useState(() => ({ ways }));
  latest.ways = ways;
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'open.sample',
        title: 'Open the sample, SQL Sushi Co.',
        group: 'Projects',
        icon: 'play',
        run: () => latest.ways.openSample(),
      },
      {
        id: 'open.folder',
        command: 'project.open',
        title: 'Open a folder',
        group: 'Projects',
        icon: 'folder',
        keys: 'Mod+O',
        run: () => latest.ways.openFolder(),
        isAvailable: () => !isStaticPage(),
      },
      {
        id: 'open.new',
        command: 'project.create',
        title: 'New project',
        group: 'Projects',
        icon: 'plus',
        keys: 'Mod+N',
        run: () => latest.ways.create(),
      },
    ],
    [latest],
  );
  useOfferActions(actions);
}
