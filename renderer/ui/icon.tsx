import styles from './icon.module.css';
import { type IconName, iconPaths } from './icon-paths';

export type { IconName };

/** One of the product's icons: 16 px, 14 (`small`) or 20 (`large`). Always beside a text or inside a labelled button. */
export function Icon({ name, size }: { name: IconName; size?: 'small' | 'large' }) {
  return (
    <svg className={styles.icon} data-size={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPaths[name]} />
    </svg>
  );
}

export function isIconName(name: string): name is IconName {
  return Object.hasOwn(iconPaths, name);
}
