import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { cx } from './cx';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null where nobody knows how far it is */
  readonly share: number | null;
  readonly tone?: 'plain' | 'live' | 'shadow' | 'teal' | 'amber' | 'red';
  readonly size?: 'normal' | 'thin';
}

export function ProgressBar(props: ProgressBarProps) {
  const { share, tone = 'plain', size = 'normal' } = props;
  const width = `${Math.round(Math.min(1, Math.max(0, share ?? 0)) * 1000) / 10}%`;
  return (
    <AriaProgressBar
      className={cx(styles.track)}
      aria-label={props.label}
      data-size={size}
      value={(share ?? 0) * 100}
      isIndeterminate={share === null}
    >
      <i
        className={styles.bar}
        data-tone={tone}
        style={share === null ? {} : { width }}
        data-unknown={share === null}
      />
    </AriaProgressBar>
  );
}
