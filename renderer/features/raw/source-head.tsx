import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { Chip } from '../../ui/chip';
import { cx } from '../../ui/cx';
import { countOf, formatAgo, formatBytes, formatCount } from '../../ui/format';
import { Mark } from '../../ui/mark';
import styles from './source-head.module.css';
import { baseName, formatName, shortId } from './source-words';

/** The source's name, and that everything is accounted for: read is loaded and quarantined. */
export function SourceHead({ detail }: { detail: SourceDetail }) {
  const { name, format, fileNames, bytes, snapshot, keptAt, description } = detail;
  const [first] = fileNames;
  const files = fileNames.length === 1 && first ? baseName(first) : countOf(fileNames.length, 'file');
  return (
    <header className={styles.head}>
      <div className={styles.about}>
        <h2 className={styles.title}>
          <span className={styles.name}>raw.{name}</span>
          <Chip>{formatName(format)}</Chip>
        </h2>
        <p className={styles.facts} title={fileNames.slice(0, 20).join('\n')}>
          {files}, {formatBytes(bytes)}
          {snapshot !== null && (
            <>
              , snapshot <span className={styles.mono}>{shortId(snapshot)}</span>
            </>
          )}
          {keptAt !== null && ` kept ${formatAgo(keptAt)}`}
        </p>
        {description && <p className={styles.facts}>{description}</p>}
      </div>
      <Sum detail={detail} />
    </header>
  );
}

function Sum({ detail: { read, loaded, quarantined } }: { detail: SourceDetail }) {
  return (
    <p className={styles.sum}>
      <span className={styles.figure}>
        <b>{formatCount(read)}</b> <span>read</span>
      </span>
      <span className={styles.sign}>=</span>
      <span className={styles.figure}>
        <b>{formatCount(loaded)}</b> <span>loaded</span>
      </span>
      <span className={styles.sign}>+</span>
      <span className={cx(styles.figure, quarantined > 0 && styles.look)}>
        <b>{formatCount(quarantined)}</b>{' '}
        <span>
          {quarantined > 0 && <Mark tone="amber" />}
          quarantined
        </span>
      </span>
    </p>
  );
}
