import { Button } from '../../ui/button';
import { ScrollArea } from '../../ui/scroll-area';
import { OptionsForm } from './options-form';
import styles from './plan-card.module.css';
import type { Planned } from './use-planned';

/** What was asked for where no plan came of it, to be set otherwise. */
export function RefusedCard({ planned, onLeave }: { planned: Planned; onLeave: () => void }) {
  const { planning } = planned;
  return (
    <>
      <ScrollArea label="What was asked for">
        <div className={styles.section}>
          <h2 className={styles.title}>{planning.environment}</h2>
          <p className={styles.description}>No plan came of this; nothing was written.</p>
        </div>
        {planning.brief === undefined && <OptionsForm planned={planned} isAsked />}
      </ScrollArea>
      <footer className={styles.foot}>
        <span className={styles.who} />
        <Button kind="quiet" size="small" onPress={onLeave}>
          Plan something else
        </Button>
      </footer>
    </>
  );
}
