import { Button as AriaButton } from 'react-aria-components';
import { isDesktop } from '../../store/shell';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { Icon, type IconName } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import styles from './welcome.module.css';

export interface WaysInProps {
  readonly openSample: () => void;
  readonly openFolder: () => void;
  readonly create: () => void;
  readonly isBusy: boolean;
}

export function WaysIn({ openSample, openFolder, create, isBusy }: WaysInProps) {
  return (
    <div className={styles.ways}>
      <div className={styles.way}>
        <Face
          icon="play"
          title="Open the sample, SQL Sushi Co."
          text="90 days, 10 models, one wrong number to find"
        />
        <Button kind="ink" onPress={openSample} isDisabled={isBusy}>
          Open the sample
        </Button>
      </div>
      <AriaButton className={cx(styles.way)} onPress={openFolder} isDisabled={isBusy}>
        <Face
          icon="folder"
          title="Open a folder"
          text="A Teal or SQLMesh project, or a folder of raw files"
        />
        <Kbd keys="Mod+O" isOneCap />
      </AriaButton>
      <AriaButton className={cx(styles.way)} onPress={create} isDisabled={isBusy}>
        <Face icon="plus" title="New project" text="An empty folder under Git" />
        {/* In a tab, the browser keeps this key for a new window. */}
        {isDesktop() && <Kbd keys="Mod+N" isOneCap />}
      </AriaButton>
    </div>
  );
}

function Face({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <>
      <span className={styles.wayIcon}>
        <Icon name={icon} size="large" />
      </span>
      <span className={styles.wayText}>
        <span className={styles.strong}>{title}</span>
        <span className={styles.small}>{text}</span>
      </span>
    </>
  );
}
