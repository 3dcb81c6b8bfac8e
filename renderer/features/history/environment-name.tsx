import { useOverview } from '../../store/project';
import { Mark } from '../../ui/mark';
import styles from './history.module.css';

/** An environment with the mark of what it is now; a ring where it is gone. */
export function EnvironmentName({ name }: { name: string }) {
  const found = useOverview().data?.environments.find((environment) => environment.name === name);
  return (
    <span className={styles.environment}>
      <Mark tone={found ? (found.live ? 'live' : 'shadow') : 'none'} />
      <span className={styles.clip} title={name}>
        {name}
      </span>
    </span>
  );
}
