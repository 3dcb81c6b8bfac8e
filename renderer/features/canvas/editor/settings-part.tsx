import { useMemo } from 'react';
import { Chip } from '../../../ui/chip';
import { IconButton } from '../../../ui/icon-button';
import { Select } from '../../../ui/select';
import { settingMeaning } from '../kind-words';
import { SettingForm } from './setting-form';
import { addable, isEditable, type SettingLine } from './setting-lines';
import styles from './settings-tab.module.css';
import type { ModelText } from './use-model-text';

/** Which line of the settings is edited, and the text that it is edited in. */
export interface Editing {
  readonly model: ModelText;
  readonly kind: string;
  /** the key of the line that is edited */
  readonly open: string | null;
  readonly onOpen: (key: string | null) => void;
}

interface PartProps {
  readonly title: string;
  readonly lines: readonly SettingLine[];
  readonly editing: Editing;
}

/** Settings of one sort, each with what it means and a way to change it. */
export function SettingsPart({ title, lines, editing }: PartProps) {
  if (lines.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <dl className={styles.lines}>
        {lines.map((line) => (
          <div key={line.key} className={styles.line}>
            <dt>
              <code>{line.name}</code>
            </dt>
            {editing.open === line.key ? (
              <dd className={styles.fact}>
                <SettingForm line={line} model={editing.model} onDone={() => editing.onOpen(null)} />
              </dd>
            ) : (
              <>
                <dd className={styles.value}>
                  <Value line={line} />
                  {isEditable(line, editing.kind) && (
                    <IconButton
                      icon="edit"
                      size="small"
                      label={`Change ${line.name}`}
                      onPress={() => editing.onOpen(line.key)}
                    />
                  )}
                </dd>
                <dd className={styles.meaning}>{settingMeaning(line)}</dd>
              </>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ line: { value, state } }: { line: SettingLine }) {
  return (
    <>
      {state !== 'taken out' && <code>{value}</code>}
      {state === 'default' && <Chip tone="line">default</Chip>}
      {state === 'edited' && <Chip tone="line">not saved</Chip>}
      {state === 'taken out' && <Chip tone="line">taken out, not saved</Chip>}
    </>
  );
}

/** A property that the block does not have yet. */
export function AddedSetting({
  kind,
  lines,
  editing,
}: {
  kind: string;
  lines: readonly SettingLine[];
  editing: Editing;
}) {
  const { model, open, onOpen } = editing;
  const options = useMemo(() => addable(kind, model.text), [kind, model.text]);
  const chosen = options.find(({ key }) => key === open);
  if (chosen && !lines.some(({ key }) => key === open)) {
    return (
      <section className={styles.part}>
        <h2>{chosen.name}</h2>
        {chosen.note && <p className={styles.meaning}>{chosen.note}</p>}
        <SettingForm line={{ ...chosen, written: null }} model={model} onDone={() => onOpen(null)} />
      </section>
    );
  }
  const rest = options.filter(({ key }) => !lines.some((line) => line.key === key));
  return (
    <div className={styles.add}>
      <Select
        label="Add a setting"
        hideLabel
        size="small"
        placeholder="Add a setting"
        options={rest.map(({ key, name, note }) => ({ id: key, title: name, ...(note ? { note } : {}) }))}
        selected={null}
        onSelect={onOpen}
      />
    </div>
  );
}
