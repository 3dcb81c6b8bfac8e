import { blockValues } from '../../../../shared/project/edit-block';
import { propertiesOfKind } from '../../../../shared/project/kind';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { settingPurpose } from '../kind-words';

type Setting = ModelDetail['settings'][number];

/** A property of a model's block as the settings show it. */
export interface SettingLine {
  /** as `editBlock` names it: `cron`, `kind.lookback` */
  readonly key: string;
  readonly name: string;
  readonly part: Setting['part'];
  /** what applies, or what is written once the text is saved */
  readonly value: string;
  /** how the text as it is edited writes it; null where it does not */
  readonly written: string | null;
  readonly state: 'given' | 'default' | 'edited' | 'taken out';
}

/** The text as it is edited, and as it is saved. */
export interface EditedText {
  readonly text: string;
  readonly saved: string;
}

/** properties of the block that are more than a setting, or none of the model's */
const ELSEWHERE = new Set([
  'name',
  'kind',
  'audits',
  'columns',
  'column_descriptions',
  'blueprints',
  'dialect',
]);
const OF_BLOCK = [
  ...[
    'cron',
    'cron_tz',
    'interval_unit',
    'start',
    'end',
    'allow_partials',
    'grain',
    'partitioned_by',
    'tags',
  ],
  ...['stamp', 'owner', 'description', 'depends_on', 'clustered_by', 'enabled'],
];

/** Settings that apply, each with what the edited text says of it, and those that only the edited text has. */
export function settingLines(
  settings: readonly Setting[],
  { text, saved }: EditedText,
): readonly SettingLine[] {
  const [now, before] = [blockValues(text), blockValues(saved)];
  const lines = settings.map((setting): SettingLine => {
    const key = setting.part === 'kind' ? `kind.${setting.name}` : setting.name;
    const written = now.get(key) ?? null;
    const same = written === (before.get(key) ?? null);
    const state = same ? (setting.given ? 'given' : 'default') : written === null ? 'taken out' : 'edited';
    const { name, part, value } = setting;
    return { key, name, part, value: same ? value : (written ?? value), written, state };
  });
  const shown = new Set(lines.map(({ key }) => key));
  const added = [...now].flatMap(([key, value]): SettingLine[] => {
    if (shown.has(key) || ELSEWHERE.has(key) || before.get(key) === value) return [];
    const part = key.startsWith('kind.') ? 'kind' : 'rows';
    return [{ key, name: nameOf(key), part, value, written: value, state: 'edited' }];
  });
  return [...lines, ...added];
}

/** Whether a setting can be changed by its block: what blueprints give, and what no block says, cannot. */
export function isEditable(
  { key, name, part }: Pick<SettingLine, 'key' | 'name' | 'part'>,
  kind: string,
): boolean {
  return part === 'kind' ? propertiesOfKind(kind).includes(name) : OF_BLOCK.includes(key);
}

/** The properties that a model's block does not have yet, to add one of them. */
export function addable(kind: string, text: string): readonly { key: string; name: string; note: string }[] {
  const written = blockValues(text);
  const inner = written.has('kind') ? propertiesOfKind(kind).map((name) => `kind.${name}`) : [];
  return [...inner, ...OF_BLOCK]
    .filter((key) => !written.has(key) && !ELSEWHERE.has(nameOf(key)))
    .filter((key) => key !== 'grain' || !written.has('grains'))
    .map((key) => ({ key, name: nameOf(key), note: settingPurpose(nameOf(key)) }));
}

function nameOf(key: string): string {
  return key.replace(/^kind\./, '');
}
