import { planFor } from '../../store/choices/planning';
import { useEnvironment, useOverview } from '../../store/project';
import { Button } from '../../ui/button';
import { ScrollArea } from '../../ui/scroll-area';
import { BriefList } from './brief-list';
import { CardSection } from './card-section';
import styles from './plan-card.module.css';
import { PlanDifference } from './plan-difference';

/** What can be planned: the first fill of prod, a backfill file, or what differs from prod. */
export function PlanPicker() {
  const overview = useOverview().data;
  const environment = useEnvironment()?.name ?? 'prod';
  const isFirst = overview !== undefined && overview.liveRelease === null;
  return (
    <ScrollArea label="What can be planned">
      <div className={styles.section}>
        <h2 className={styles.title}>Plan a backfill</h2>
        <p className={styles.description}>A plan writes nothing until it is started.</p>
      </div>
      {isFirst && (
        <CardSection title="First fill of prod" note="nothing is live yet">
          <p className={styles.description}>
            Fills every model from its own start, and makes all of them live as release 1.
          </p>
          <div className={styles.controls}>
            <Button kind="ink" onPress={() => planFor({ environment: 'prod' })}>
              Plan the first fill of prod
            </Button>
          </div>
        </CardSection>
      )}
      <CardSection title="Backfill files" note="backfills/">
        <BriefList />
      </CardSection>
      {!isFirst && (
        <CardSection title="What differs from prod">
          <PlanDifference />
        </CardSection>
      )}
      {!isFirst && (
        <CardSection title="History to compute again" note={environment}>
          <p className={styles.description}>
            Late or mended data: models and days are chosen in the plan, without a change of any file.
          </p>
          <div className={styles.controls}>
            <Button onPress={() => planFor({ environment, restate: '' })}>Choose models and days</Button>
          </div>
        </CardSection>
      )}
    </ScrollArea>
  );
}
