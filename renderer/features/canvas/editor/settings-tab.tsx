import type { ReactNode } from 'react';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { Chip } from '../../../ui/chip';
import { Icon } from '../../../ui/icon';
import { selectNode } from '../choice/selected-node';
import { settingMeaning, wordsOfKind } from '../kind-words';
import styles from './settings-tab.module.css';

type Setting = ModelDetail['settings'][number];

/** properties that stand elsewhere already */
const SHOWN = ['name', 'kind', 'owner', 'description', 'column_descriptions', 'columns', 'audits', 'dialect'];

/** What the model's block says and what follows from it, in words; it is changed in the SQL. */
export function SettingsTab({ detail }: { detail: ModelDetail }) {
  const of = (part: Setting['part']) => detail.settings.filter((setting) => setting.part === part);
  return (
    <div className={styles.settings}>
      <Kind detail={detail} />
      <Part title="Kept" settings={of('kind')} />
      <Part title="Due" settings={of('schedule')} />
      <Part title="Rows" settings={of('rows')} />
      <About detail={detail} />
    </div>
  );
}

function Kind({ detail: { kind, problem } }: { detail: ModelDetail }) {
  if (kind === null) return <p className={styles.meaning}>{problem?.message ?? 'Its kind is not known.'}</p>;
  const { icon, title, meaning } = wordsOfKind(kind);
  return (
    <div className={styles.kind}>
      <span className={styles.kindName}>
        <Icon name={icon} />
        <strong>{title}</strong>
        <code>{kind}</code>
      </span>
      <p className={styles.meaning}>{meaning}</p>
    </div>
  );
}

function Part({ title, settings }: { title: string; settings: readonly Setting[] }) {
  if (settings.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <dl className={styles.lines}>
        {settings.map((setting) => (
          <div key={setting.name} className={styles.line}>
            <dt>
              <code>{setting.name}</code>
            </dt>
            <dd className={styles.value}>
              <code>{setting.value}</code>
              {!setting.given && <Chip tone="line">default</Chip>}
            </dd>
            <dd className={styles.meaning}>{settingMeaning(setting)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function About({ detail }: { detail: ModelDetail }) {
  const settled = new Set([...SHOWN, ...detail.settings.map(({ name }) => name), 'grains']);
  const others = detail.properties.filter(({ name }) => !settled.has(name.toLowerCase()));
  return (
    <section className={styles.part}>
      <h2>About</h2>
      <dl className={styles.lines}>
        <Fact name="File">
          <code>{detail.file}</code>
        </Fact>
        <Fact name="Owner">{detail.owner || 'none'}</Fact>
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
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd className={styles.fact}>{children}</dd>
    </div>
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
