import { useState } from 'react';
import type { EnvironmentView } from '../../../shared/protocol/views/project';
import { planFor } from '../../store/choices/planning';
import { goTo } from '../../store/choices/room';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { CommandLine } from '../../ui/command-line';
import { countOf } from '../../ui/format';
import { Select } from '../../ui/select';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import { environmentNameProblem, newEnvironmentLine, suggestEnvironment } from './environment-words';
import styles from './environments.module.css';
import { showEnvironments } from './panel-choice';

/** Asks for the name of a new environment and what it begins with; its plan is looked at before anything is made. */
export function NewEnvironment({ environments }: { environments: readonly EnvironmentView[] }) {
  const taken = environments.map(({ name }) => name);
  const [name, setName] = useState(() => suggestEnvironment(taken));
  const [from, setFrom] = useState('prod');
  const [isWhole, setWhole] = useState<boolean>();
  const changed = useChanged();
  const hasAll = isWhole ?? changed === 0;
  const wrong = environmentNameProblem(name, taken);
  const isFirst = environments.length === 0;
  const plan = (): void => {
    if (wrong !== undefined || isFirst) return;
    planFor({
      environment: name,
      ...(hasAll ? { includeUnmodified: true } : {}),
      ...(from === 'prod' ? {} : { createFrom: from }),
    });
    showEnvironments(null);
    goTo('backfill');
  };
  const note =
    changed === 0
      ? 'No saved file differs from prod yet'
      : `It takes up ${countOf(changed, 'model')} that the files change`;
  return (
    <>
      <h2>New environment</h2>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        onSubmit={plan}
        isMono
        autoFocus
        {...(wrong === undefined ? { note } : { error: wrong })}
      />
      {environments.length > 1 && (
        <Select
          label="Begins with the versions of"
          options={environments.map((one) => ({
            id: one.name,
            title: one.name,
            note: one.live ? 'live' : 'shadow',
          }))}
          selected={from}
          onSelect={setFrom}
        />
      )}
      <Switch isOn={hasAll} onChange={setWhole}>
        Views of all models, changed or not
      </Switch>
      <p className={styles.quiet}>
        {isFirst
          ? 'Fill prod first: an environment begins with what prod shows.'
          : 'It begins with what is there, without copying rows; only what differs is computed.'}
      </p>
      <CommandLine line={newEnvironmentLine(name, hasAll, from)} />
      <span className={styles.buttons}>
        <Button kind="quiet" onPress={() => showEnvironments('list')}>
          Back
        </Button>
        <Button kind="ink" onPress={plan} isDisabled={wrong !== undefined || isFirst}>
          Plan {wrong === undefined ? name : 'it'}
        </Button>
      </span>
    </>
  );
}

/** How many models the saved files change against prod. */
function useChanged(): number {
  const nodes = useFact('project.graph', {}).data?.nodes ?? [];
  return nodes.filter(({ change }) => change !== null && change !== 'metadata').length;
}
