import type { RollbackPreview } from '../../../shared/protocol/views/release';
import styles from './releases.module.css';
import tableStyles from './rollback-models.module.css';
import { countsText, shortName, versionText } from './words';

/** The counts of each model, with a bar for how many of its rows are touched against the others. */
export function RollbackModels({ preview: { models, from, to } }: { preview: RollbackPreview }) {
  const touched = models.map(({ changed, added, removed }) => changed + added + removed);
  const most = Math.max(1, ...touched);
  return (
    <div className={styles.part}>
      <header className={styles.partHead}>
        <h3>By model</h3>
        <span className={styles.note}>
          release {from} to {to}
        </span>
      </header>
      {models.length === 0 && <p className={styles.second}>Both releases show the same versions.</p>}
      <ul className={tableStyles.list}>
        {models.map((model, at) => (
          <li key={model.model} className={tableStyles.model}>
            <span className={tableStyles.name} title={model.model}>
              {shortName(model.model)}
            </span>
            <span className={tableStyles.versions}>
              {versionText(model.fromVersion)} to {model.toVersion ?? 'none'}
            </span>
            <span className={tableStyles.counts}>{countsText(model)}</span>
            <span className={tableStyles.bar} aria-hidden="true">
              <i className={tableStyles.fill} style={{ width: `${((touched[at] ?? 0) / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
