import type { MovedModel } from '../../../shared/protocol/views/release';
import { formatShare } from '../../ui/format';
import { Mark, type MarkTone } from '../../ui/mark';
import text from '../../ui/text.module.css';
import styles from './moved-models.module.css';
import { shortName, versionText } from './words';

interface MovedModelsProps {
  readonly models: readonly MovedModel[];
  readonly label: string;
  /** what stands before and after, by name, mark and class */
  readonly from: Side;
  readonly to: Side;
  readonly hasScores?: boolean;
}

interface Side {
  readonly title: string;
  readonly tone: MarkTone;
}

/** Each model's version before and after; the old stands left, the new right. */
export function MovedModels({ models, label, from, to, hasScores = false }: MovedModelsProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <colgroup>
        <col />
        <col className={styles.side} />
        <col className={styles.between} />
        <col className={styles.side} />
        {hasScores && <col className={styles.side} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">{from.title}</th>
          <th scope="col">
            <span className={text.hidden}>becomes</span>
          </th>
          <th scope="col">{to.title}</th>
          {hasScores && <th scope="col">Cells same</th>}
        </tr>
      </thead>
      <tbody>
        {models.map(({ model, fromVersion, toVersion, score }) => (
          <tr key={model}>
            <th scope="row" title={model}>
              {shortName(model)}
            </th>
            <td>
              <Version version={fromVersion} tone={from.tone} />
            </td>
            <td>
              <Arrow />
            </td>
            <td>
              <Version version={toVersion} tone={to.tone} />
            </td>
            {hasScores && <td>{score === null ? 'not compared' : formatShare(score)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Arrow() {
  return (
    <svg className={styles.arrow} width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">
      <path d="M2 6h18M16 2l4 4-4 4" />
    </svg>
  );
}

function Version({ version, tone }: { version: number | null; tone: MarkTone }) {
  if (version === null) return <span className={styles.none}>none</span>;
  return (
    <span className={styles.version} data-tone={tone}>
      <Mark tone={tone} />
      {versionText(version)}
    </span>
  );
}
