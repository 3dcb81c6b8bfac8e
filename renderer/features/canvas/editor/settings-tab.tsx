import type { ReactNode } from 'react';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { formatMinute } from '../../../ui/format';
import { selectNode } from '../choice/selected-node';
import styles from './model-pane.module.css';

/** properties that stand elsewhere already */
const SHOWN = [
  'name',
  'kind',
  'cron',
  'start',
  'owner',
  'description',
  'column_descriptions',
  'columns',
  'audits',
];

/** What the model's block says, to be read; it is changed in the SQL. */
export function SettingsTab({ detail }: { detail: ModelDetail }) {
  const { start, owner, cron, properties } = detail;
  const kind = properties.find(({ name }) => name.toLowerCase() === 'kind')?.value ?? detail.kind;
  const others = properties.filter(({ name }) => !SHOWN.includes(name.toLowerCase()));
  return (
    <dl className={styles.facts}>
      <Fact name="File">
        <code>{detail.file}</code>
      </Fact>
      <Fact name="Kind">{kind ?? 'unknown'}</Fact>
      <Fact name="Cron">{cron || 'none'}</Fact>
      <Fact name="Start">{start === null ? 'none' : start.length > 10 ? formatMinute(start) : start}</Fact>
      <Fact name="Owner">{owner || 'none'}</Fact>
      <Fact name="Reads">
        <Names names={detail.parents} />
      </Fact>
      <Fact name="Read by">
        <Names names={detail.children} />
      </Fact>
      {others.map(({ name, value }) => (
        <Fact key={name} name={name}>
          <code>{value}</code>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return 'none';
  return (
    <span className={styles.names}>
      {names.map((name) => (
        <button key={name} type="button" className={styles.link} onClick={() => selectNode(name)}>
          {name}
        </button>
      ))}
    </span>
  );
}
