import { ListBox, ListBoxItem } from 'react-aria-components';
import type { EnvironmentView } from '../../../shared/protocol/views/project';
import type { EnvironmentList } from '../../../shared/protocol/views/verbs';
import { chooseEnvironment } from '../../store/choices/environment';
import { useEnvironment } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { CommandLine } from '../../ui/command-line';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { holdingWords, keepingWords } from './environment-words';
import styles from './environments.module.css';
import { Holdings } from './holdings';
import { NewEnvironment } from './new-environment';
import { showEnvironments, useEnvironmentsPanel } from './panel-choice';

/** All environments, the one that is looked at with what it holds, and the way to a new one. */
export function EnvironmentPanel({ environments }: { environments: readonly EnvironmentView[] }) {
  const { isNew } = useEnvironmentsPanel();
  const { data, problem } = useFact('environment.list', {});
  const chosen = useEnvironment();
  if (isNew) return <NewEnvironment environments={environments} />;
  const listed = data?.environments ?? [];
  const shown = listed.find(({ name }) => name === chosen?.name);
  return (
    <>
      <header className={styles.head}>
        <h2>Environments</h2>
        <Button size="small" icon="plus" onPress={() => showEnvironments('new')}>
          New
        </Button>
      </header>
      {problem && <ProblemPanel problem={problem} />}
      {!data && !problem && <Skeleton lines={3} />}
      {data && listed.length === 0 && (
        <p className={styles.quiet}>None yet: the first fill of prod makes the first one.</p>
      )}
      {listed.length > 0 && (
        <Choice listed={listed} environments={environments} chosen={chosen?.name ?? null} />
      )}
      {shown && <Holdings key={shown.name} environment={shown} all={listed} />}
      <CommandLine line="teal environments" />
    </>
  );
}

type Listed = EnvironmentList['environments'];

interface ChoiceProps {
  readonly listed: Listed;
  readonly environments: readonly EnvironmentView[];
  readonly chosen: string | null;
}

function Choice({ listed, environments, chosen }: ChoiceProps) {
  return (
    <ListBox
      className={cx(styles.list)}
      aria-label="Environment to look at"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) chooseEnvironment(String(key));
      }}
    >
      {listed.map((one) => {
        const view = environments.find(({ name }) => name === one.name);
        const words = holdingWords(one, view);
        return (
          <ListBoxItem
            key={one.name}
            id={one.name}
            textValue={one.name}
            aria-label={[one.name, words, keepingWords(one)].filter(Boolean).join(', ')}
            className={cx(styles.line)}
          >
            {({ isSelected }) => (
              <>
                <Mark tone={one.live ? 'live' : 'shadow'} />
                <span className={styles.text}>
                  <strong>{one.name}</strong>
                  <span className={styles.quiet}>{words}</span>
                </span>
                <span className={styles.keeping}>{keepingWords(one)}</span>
                <span className={styles.tick}>{isSelected && <Icon name="check" size="small" />}</span>
              </>
            )}
          </ListBoxItem>
        );
      })}
    </ListBox>
  );
}
