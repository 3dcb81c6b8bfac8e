import { Button as AriaButton } from 'react-aria-components';
import { isDesktop } from '../../store/shell';
import { Button } from '../../ui/button';
import { cx } from '../../ui/cx';
import { Kbd } from '../../ui/kbd';
import { PageWays, type PageWaysProps } from './page-ways';
import { WayFace } from './way-face';
import styles from './welcome.module.css';

export interface WaysInProps {
  readonly openSample: () => void;
  readonly openFolder: () => void;
  readonly create: () => void;
  readonly isBusy: boolean;
  /** in place of the folders of a disk, where the page has none */
  readonly page: Omit<PageWaysProps, 'isBusy'> | undefined;
}

export function WaysIn({ openSample, openFolder, create, isBusy, page }: WaysInProps) {
  return (
    <div className={styles.ways}>
      <div className={styles.way}>
        <WayFace
          icon="play"
          title="Open the sample, SQL Sushi Co."
          text="90 days, 10 models, one wrong number to find"
        />
        <Button kind="ink" onPress={openSample} isDisabled={isBusy}>
          Open the sample
        </Button>
      </div>
      {page ? (
        <PageWays {...page} isBusy={isBusy} />
      ) : (
        <AriaButton className={cx(styles.way)} onPress={openFolder} isDisabled={isBusy}>
          <WayFace
            icon="folder"
            title="Open a folder"
            text="A Teal or SQLMesh project, or a folder of raw files"
          />
          <Kbd keys="Mod+O" isOneCap />
        </AriaButton>
      )}
      <AriaButton className={cx(styles.way)} onPress={create} isDisabled={isBusy}>
        <WayFace
          icon="plus"
          title="New project"
          text={page ? 'An empty one, kept in this browser' : 'An empty folder under Git'}
        />
        {/* In a tab, the browser keeps this key for a new window. */}
        {isDesktop() && <Kbd keys="Mod+N" isOneCap />}
      </AriaButton>
    </div>
  );
}
