import type { Comparison } from '../../../shared/protocol/views/compare';
import { Icon } from '../../ui/icon';
import { Mark } from '../../ui/mark';
import text from '../../ui/text.module.css';
import styles from './expected-change.module.css';

/** What the backfill file said beforehand, each line with what was seen. */
export function ExpectedChange({ comparison: { expectations } }: { comparison: Comparison }) {
  const met = expectations.filter((expectation) => expectation.met).length;
  return (
    <section className={styles.section} aria-labelledby="compare-expected">
      <header className={styles.head}>
        <h3 id="compare-expected">Expected change</h3>
        {expectations.length > 0 && (
          <span>
            {met} of {expectations.length}
          </span>
        )}
      </header>
      {expectations.length === 0 && (
        <p className={styles.none}>
          Nothing was written down. A backfill file names what may change under expect.
        </p>
      )}
      <ul className={styles.list}>
        {expectations.map((expectation) => (
          <li key={expectation.text} className={styles.line} data-met={expectation.met}>
            <span className={styles.mark}>
              {expectation.met ? <Icon name="check" size="small" /> : <Mark tone="amber" />}
            </span>
            <span className={styles.text}>
              {expectation.text}
              <span className={text.hidden}>{expectation.met ? ', met' : ', not met'}</span>
            </span>
            {expectation.detail && <span className={styles.detail}>{expectation.detail}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
