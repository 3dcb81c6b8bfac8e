import { useState } from 'react';
import { planFor } from '../../store/choices/planning';
import { useEnvironment } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { countOf } from '../../ui/format';
import { TextField } from '../../ui/text-field';
import styles from './plan-card.module.css';
import { shortName } from './words';

const NAME = /^[a-z][a-z0-9_]*$/;

/** Plans all that the saved files change against prod into an environment of its own. */
export function PlanDifference() {
  const looked = useEnvironment();
  const [name, setName] = useState(looked && !looked.live ? looked.name : 'dev');
  const environment = name.trim();
  const isProd = environment === 'prod';
  const isName = NAME.test(environment);
  const plan = (): void => {
    if (isName && !isProd) planFor({ environment });
  };
  const error = isProd
    ? 'prod moves by a swap.'
    : isName
      ? undefined
      : 'Lower-case letters, digits and _ only.';
  return (
    <>
      <ChangedModels />
      <div className={styles.controls}>
        <TextField
          label="Into the environment"
          value={name}
          onChange={setName}
          onSubmit={plan}
          isMono
          {...(error ? { error } : {})}
        />
        <Button onPress={plan} isDisabled={!isName || isProd}>
          Plan {isName ? environment : 'it'}
        </Button>
      </div>
    </>
  );
}

function ChangedModels() {
  const nodes = useFact('project.graph', {}).data?.nodes;
  if (!nodes) return null;
  const changed = nodes
    .filter(({ change }) => change !== null && change !== 'metadata')
    .map(({ id }) => shortName(id));
  return (
    <p className={styles.description}>
      {changed.length === 0
        ? 'No saved file differs from what is live.'
        : `${countOf(changed.length, 'model')}: ${changed.slice(0, 6).join(', ')}${changed.length > 6 ? ' and more' : ''}.`}
    </p>
  );
}
