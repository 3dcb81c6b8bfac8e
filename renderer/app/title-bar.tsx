import { Button } from 'react-aria-components';
import type { Overview } from '../../shared/protocol/views/project';
import { EnvironmentSwitch } from '../features/environments/environments';
import { openPalette } from '../store/choices/palette';
import { isStaticPage } from '../store/page';
import { downloadProject } from '../store/page-projects';
import { useCloseProject } from '../store/project';
import { getWindowControl } from '../store/shell';
import { cx } from '../ui/cx';
import { Icon, type IconName } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { Logo } from '../ui/logo';
import { Menu } from '../ui/menu';
import styles from './title-bar.module.css';

const CONTROLS = [
  ['minimise', 'Minimise', 'minus'],
  ['maximise', 'Maximise', 'max'],
  ['close', 'Close', 'x'],
] as const satisfies readonly (readonly [string, string, IconName])[];

export function TitleBar({ overview }: { overview: Overview | undefined }) {
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <Logo />
        {overview ? <ProjectName overview={overview} /> : <span className={styles.name}>Teal</span>}
      </div>
      <Button className={cx(styles.omni)} aria-label="Search or run a command" onPress={() => openPalette()}>
        <Icon name="search" size="small" />
        <span className={styles.hint}>Search or run a command</span>
        <Kbd keys="Mod+K" isOneCap />
      </Button>
      <div className={styles.end}>
        {overview && <EnvironmentSwitch environments={overview.environments} />}
        <WindowControls />
      </div>
    </header>
  );
}

function ProjectName({ overview }: { overview: Overview }) {
  const close = useCloseProject();
  const groups = [
    {
      id: 'project',
      title: overview.dir,
      entries: [
        ...(isStaticPage() ? downloads(overview.dir) : []),
        { id: 'close', title: 'Close the project', icon: 'x' as const, run: () => void close() },
      ],
    },
  ];
  return (
    <>
      <Menu label="Project" groups={groups}>
        <Button className={cx(styles.project)}>
          <span className={styles.name}>{overview.name}</span>
          <Icon name="down" size="small" />
        </Button>
      </Menu>
      {overview.git && (
        <span className={styles.branch}>
          <Icon name="branch" size="small" />
          <span className={styles.clip}>{overview.git.branch}</span>
        </span>
      )}
    </>
  );
}

function downloads(dir: string) {
  return [
    {
      id: 'download',
      title: 'Download the project',
      note: 'files and raw data',
      icon: 'export' as const,
      run: () => void downloadProject(dir, false),
    },
    {
      id: 'download.all',
      title: 'Download with the warehouse',
      note: 'versions, releases and history too',
      icon: 'export' as const,
      run: () => void downloadProject(dir, true),
    },
  ];
}

function WindowControls() {
  const control = getWindowControl();
  if (!control) return null;
  return (
    <div className={styles.controls}>
      {CONTROLS.map(([verb, label, icon]) => (
        <Button key={verb} className={cx(styles.control)} aria-label={label} onPress={() => control(verb)}>
          <Icon name={icon} size="small" />
        </Button>
      ))}
    </div>
  );
}
