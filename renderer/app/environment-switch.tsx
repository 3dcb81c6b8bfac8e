import type { EnvironmentView } from '../../shared/protocol/views/project';
import { chooseEnvironment, useEnvironmentChoice } from '../store/choices/environment';
import { useEnvironment } from '../store/project';
import { IconButton } from '../ui/icon-button';
import { Mark } from '../ui/mark';
import { Menu } from '../ui/menu';
import { Segmented } from '../ui/segmented';
import styles from './environment-switch.module.css';

/** Which environment the window looks at: the live one or a shadow; a menu where there are several shadows. */
export function EnvironmentSwitch({ environments }: { environments: readonly EnvironmentView[] }) {
  const chosen = useEnvironment();
  const asked = useEnvironmentChoice((choice) => choice.environment);
  const live = environments.find((environment) => environment.live);
  const shadows = environments.filter((environment) => !environment.live);
  const shadow = shadows.find(({ name }) => name === asked) ?? shadows[0];
  const shown = [live, shadow].filter((environment) => environment !== undefined);
  if (shown.length === 0) return null;
  const segments = shown.map((environment) => ({
    id: environment.name,
    content: <Name environment={environment} />,
  }));
  return (
    <div className={styles.switch}>
      <Segmented
        label="Environment"
        segments={segments}
        selected={chosen?.name ?? null}
        onSelect={chooseEnvironment}
      />
      {shadows.length > 1 && <Others shadows={shadows} chosen={chosen?.name} />}
    </div>
  );
}

function Name({ environment }: { environment: EnvironmentView }) {
  return (
    <>
      <Mark tone={environment.live ? 'live' : 'shadow'} />
      <span className={styles.name}>{environment.name}</span>
    </>
  );
}

function Others({ shadows, chosen }: { shadows: readonly EnvironmentView[]; chosen: string | undefined }) {
  const entries = shadows.map(({ name }) => ({
    id: name,
    title: name,
    isSelected: name === chosen,
    run: () => chooseEnvironment(name),
  }));
  return (
    <Menu label="Other environments" groups={[{ id: 'shadows', title: 'Shadows', entries }]}>
      <IconButton icon="down" label="Other environments" />
    </Menu>
  );
}
