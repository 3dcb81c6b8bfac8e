import { type ReactNode, useMemo, useState } from 'react';
import type { Impact, ModelDetail } from '../../../../shared/protocol/views/project';
import type { Fact } from '../../../store/fact-cache';
import { Icon } from '../../../ui/icon';
import { selectNode } from '../choice/selected-node';
import { wordsOfKind } from '../kind-words';
import { ChangeNote } from './change-note';
import { settingLines } from './setting-lines';
import { AddedSetting, SettingsPart } from './settings-part';
import styles from './settings-tab.module.css';
import type { ModelText } from './use-model-text';

type Setting = ModelDetail['settings'][number];

/** properties that stand elsewhere already */
const SHOWN = ['name', 'kind', 'owner', 'description', 'column_descriptions', 'columns', 'audits', 'dialect'];

interface SettingsProps {
  readonly detail: ModelDetail;
  readonly model: ModelText;
  readonly impact: Fact<Impact>;
}

/** What the model's block says and what follows from it, in words. A change is one of the text that is edited, to be saved with it. */
export function SettingsTab({ detail, model, impact }: SettingsProps) {
  const [open, setOpen] = useState<string | null>(null);
  const lines = useMemo(() => settingLines(detail.settings, model), [detail.settings, model]);
  const part = (of: Setting['part']) => lines.filter((line) => line.part === of);
  const editing = { model, kind: detail.kind ?? '', open, onOpen: setOpen };
  const problem = impact.data ? impact.data.problem : detail.problem;
  return (
    <div className={styles.tab}>
      <div className={styles.settings}>
        <Kind detail={detail} />
        <SettingsPart title="Kept" lines={part('kind')} editing={editing} />
        <SettingsPart title="Due" lines={part('schedule')} editing={editing} />
        <SettingsPart title="Rows" lines={part('rows')} editing={editing} />
        {detail.kind !== null && <AddedSetting kind={detail.kind} lines={lines} editing={editing} />}
        <About detail={detail} />
      </div>
      {model.draft && <ChangeNote impact={impact} problem={problem} end={null} />}
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

function About({ detail }: { detail: ModelDetail }) {
  const settled = new Set([...SHOWN, ...detail.settings.map(({ name }) => name), 'grains']);
  const others = detail.properties.filter(({ name }) => !settled.has(name.toLowerCase()));
  return (
    <section className={styles.part}>
      <h2>About</h2>
      <dl className={styles.lines}>
        <Line name="File">
          <code>{detail.file}</code>
        </Line>
        <Line name="Owner">{detail.owner || 'none'}</Line>
        <Line name="Reads">
          <Names names={detail.parents} />
        </Line>
        <Line name="Read by">
          <Names names={detail.children} />
        </Line>
        {others.map(({ name, value }) => (
          <Line key={name} name={name}>
            <code>{value}</code>
          </Line>
        ))}
      </dl>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
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
