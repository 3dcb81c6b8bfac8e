import { useMemo, useRef } from 'react';
import type { EnvironmentView } from '../../../shared/protocol/views/project';
import { type Action, useOfferActions } from '../../store/actions';
import { chooseEnvironment, useEnvironmentChoice } from '../../store/choices/environment';
import { useEnvironment } from '../../store/project';
import { IconButton } from '../../ui/icon-button';
import { Mark } from '../../ui/mark';
import { PopoverPanel } from '../../ui/popover-panel';
import { Segmented } from '../../ui/segmented';
import { EnvironmentPanel } from './environment-panel';
import styles from './environments.module.css';
import { showEnvironments, useEnvironmentsPanel } from './panel-choice';

/** Which environment the window looks at: prod or a shadow beside it, and behind the arrow all of them with what they hold. */
export function EnvironmentSwitch({ environments }: { environments: readonly EnvironmentView[] }) {
  const chosen = useEnvironment();
  const asked = useEnvironmentChoice((choice) => choice.environment);
  const anchor = useRef<HTMLDivElement>(null);
  const { isOpen } = useEnvironmentsPanel();
  useEnvironmentActions();
  const live = environments.find((environment) => environment.live);
  const shadows = environments.filter((environment) => !environment.live);
  const shadow = shadows.find(({ name }) => name === asked) ?? shadows[0];
  const shown = [live, shadow].filter((environment) => environment !== undefined);
  const segments = shown.map((environment) => ({
    id: environment.name,
    content: <Name environment={environment} />,
  }));
  return (
    <div ref={anchor} className={styles.switch}>
      {segments.length > 0 && (
        <Segmented
          label="Environment"
          segments={segments}
          selected={chosen?.name ?? null}
          onSelect={chooseEnvironment}
        />
      )}
      <IconButton icon="down" label="Environments" onPress={() => showEnvironments()} />
      <PopoverPanel
        label="Environments"
        trigger={anchor}
        isOpen={isOpen}
        onClose={() => showEnvironments(null)}
        placement="bottom end"
        isWide
      >
        <EnvironmentPanel environments={environments} />
      </PopoverPanel>
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

function useEnvironmentActions(): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'environments.show',
        command: 'environment.list',
        title: 'Show the environments and what they hold',
        group: 'Environments',
        line: 'teal environments',
        icon: 'view',
        run: () => showEnvironments('list'),
      },
      {
        id: 'environments.new',
        title: 'New environment',
        group: 'Environments',
        line: 'teal plan NAME',
        icon: 'plus',
        run: () => showEnvironments('new'),
      },
    ],
    [],
  );
  useOfferActions(actions);
}
