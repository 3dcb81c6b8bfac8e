import { Mark } from '../../ui/mark';
import styles from './backfill.module.css';

/** What a plan means for those who read prod, in one line. */
export function ProdLine({ environment, isFirst }: { environment: string; isFirst: boolean }) {
  if (environment !== 'prod') {
    return (
      <p className={styles.plainLine}>
        <Mark tone="shadow" />
        It writes shadows that only {environment} shows. prod is not touched until a swap.
      </p>
    );
  }
  return (
    <p className={styles.plainLine}>
      <Mark tone="live" />
      Readers of prod see the new rows at its end, all in one step; until then{' '}
      {isFirst ? 'prod is empty.' : 'they see what is live now.'}
    </p>
  );
}
