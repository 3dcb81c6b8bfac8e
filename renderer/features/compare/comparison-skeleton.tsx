import { Skeleton } from '../../ui/skeleton';
import styles from './compare.module.css';

/** The shape of a comparison while it is made: models at the left, counts, map and rows. */
export function ComparisonSkeleton() {
  return (
    <div className={styles.skeleton}>
      <Skeleton lines={6} />
      <div>
        <Skeleton lines={1} height="block" />
        <Skeleton lines={9} height="data" />
        <Skeleton lines={8} height="data" />
      </div>
    </div>
  );
}
