import { Icon, type IconName } from '../../ui/icon';
import styles from './welcome.module.css';

export function WayFace({ icon, title, text }: { icon: IconName; title: string; text: string }) {
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
