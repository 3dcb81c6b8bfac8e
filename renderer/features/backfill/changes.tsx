import type { PlanView } from '../../../shared/protocol/views/backfill';
import { Chip } from '../../ui/chip';
import { countOf } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { Mark } from '../../ui/mark';
import { Select } from '../../ui/select';
import { CardSection } from './card-section';
import {
  CHOICES,
  type ChangedModel,
  type ChangeGroup,
  categoryMeaning,
  categoryWord,
  changeGroups,
  changesNote,
  notRestatedWords,
} from './change-groups';
import styles from './changes.module.css';
import type { Planned } from './use-planned';
import { shortName } from './words';

/** a plan of a whole project may be long */
const MOST = 40;

interface ChangesProps {
  readonly plan: PlanView;
  /** left out once the plan runs: then nothing can be chosen any more */
  readonly planned: Planned | undefined;
}

/** How each model changed, in SQLMesh's words, why, and what somebody says otherwise. */
export function Changes({ plan, planned }: ChangesProps) {
  const groups = changeGroups(plan);
  const left = notRestatedWords(plan);
  if (groups.length === 0 && left.length === 0) return null;
  return (
    <CardSection title="Changes" note={changesNote(groups)}>
      {left.length > 0 && (
        <ul className={styles.left}>
          {left.map((words) => (
            <li key={words}>
              <Mark tone="amber" />
              <span>{words}</span>
            </li>
          ))}
        </ul>
      )}
      {groups.map((group) => (
        <Group key={group.id} group={group} planned={planned} />
      ))}
    </CardSection>
  );
}

function Group({ group, planned }: { group: ChangeGroup; planned: Planned | undefined }) {
  const [first] = group.models;
  const isPlain = group.id === 'metadata' && group.models.every(({ reason }) => reason === first?.reason);
  if (isPlain) {
    return (
      <div className={styles.group}>
        <h4 className={styles.groupTitle}>{group.title}</h4>
        <p className={styles.why}>{group.models.map(({ model }) => shortName(model)).join(', ')}</p>
      </div>
    );
  }
  const shown = group.models.slice(0, MOST);
  return (
    <div className={styles.group}>
      <h4 className={styles.groupTitle}>{group.title}</h4>
      <ul className={styles.list}>
        {shown.map((model) => (
          <Change key={model.model} change={model} isDirect={group.id === 'direct'} planned={planned} />
        ))}
      </ul>
      {shown.length < group.models.length && (
        <p className={styles.why}>and {countOf(group.models.length - shown.length, 'more model')}</p>
      )}
    </div>
  );
}

interface ChangeProps {
  readonly change: ChangedModel;
  readonly isDirect: boolean;
  readonly planned: Planned | undefined;
}

function Change({ change, isDirect, planned }: ChangeProps) {
  const { model, reason, missing, restated, isForwardOnly } = change;
  const work = [missing, restated && `computed again: ${restated}`].filter(Boolean).join(', ');
  return (
    <li className={styles.change}>
      <span className={styles.name} title={model}>
        {shortName(model)}
      </span>
      <span className={styles.end}>
        {isForwardOnly && <Chip tone="line">Forward-only</Chip>}
        <CategorySign change={change} isDirect={isDirect} planned={planned} />
      </span>
      {reason && <span className={styles.why}>{reason}</span>}
      {work && <span className={styles.work}>{work}</span>}
    </li>
  );
}

function CategorySign({ change: { model, category }, isDirect, planned }: ChangeProps) {
  if (category === null && !isDirect) return null;
  const chosen = planned?.options.choices[model];
  if (category !== null && (!isDirect || !planned || category === 'FORWARD_ONLY')) {
    return (
      <span title={categoryMeaning(category)}>
        <Chip tone={category.endsWith('NON_BREAKING') || category === 'METADATA' ? 'line' : 'amber'}>
          {categoryWord(category)}
        </Chip>
      </span>
    );
  }
  return (
    <>
      {chosen && planned && (
        <IconButton
          icon="undo"
          size="small"
          label={`Take ${shortName(model)} as the planner does`}
          onPress={() => planned.choose(model, null)}
        />
      )}
      <Select
        label={`Category of ${model}`}
        hideLabel
        size="small"
        options={CHOICES}
        selected={category === null ? null : category === 'NON_BREAKING' ? 'NON_BREAKING' : 'BREAKING'}
        placeholder="Choose"
        onSelect={(next) => planned?.choose(model, next)}
      />
    </>
  );
}
