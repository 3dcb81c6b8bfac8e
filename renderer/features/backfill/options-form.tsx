import { useId, useState } from 'react';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { countOf } from '../../ui/format';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import { useSettled } from '../../ui/use-settled';
import { CardSection } from './card-section';
import styles from './options-form.module.css';
import { type OptionField, optionsProblem, optionsWords, selectionsOf, takesSpan } from './plan-options';
import type { Planned } from './use-planned';
import { shortName } from './words';

const TYPING_PAUSE = 300;
const MOST_NAMES = 4;

/** What SQLMesh's plan can be told beside its environment; closed, it says in a few words what is set. */
export function OptionsForm({ planned, isAsked }: { planned: Planned; isAsked: boolean }) {
  const { planning, options } = planned;
  const words = optionsWords(planning, options);
  const [isOpen, setOpen] = useState(isAsked || words !== '');
  const id = useId();
  return (
    <CardSection title="Options" note={words || 'none set'}>
      {isOpen ? (
        <div id={id} className={styles.form}>
          <Fields planned={planned} />
        </div>
      ) : (
        <Button size="small" onPress={() => setOpen(true)}>
          Set a span, forward only, what to compute again
        </Button>
      )}
    </CardSection>
  );
}

function Fields({ planned }: { planned: Planned }) {
  const { planning, options, set } = planned;
  const wrong = optionsProblem(options);
  const errorOf = (field: OptionField) => (wrong?.field === field ? { error: wrong.text } : {});
  const hasSpan = takesSpan(planning, options);
  return (
    <>
      <Restate planned={planned} />
      <div className={styles.pair}>
        <TextField
          label="From"
          placeholder={hasSpan ? 'the start' : 'each start'}
          value={hasSpan ? options.start : ''}
          onChange={(start) => set({ start })}
          isDisabled={!hasSpan}
          {...errorOf('start')}
        />
        <TextField
          label="To, that day included"
          placeholder="now"
          value={hasSpan ? options.end : ''}
          onChange={(end) => set({ end })}
          isDisabled={!hasSpan}
          {...errorOf('end')}
        />
      </div>
      {!hasSpan && <p className={styles.note}>prod is filled from each model's own start.</p>}
      <Switch isOn={options.forwardOnly} onChange={(forwardOnly) => set({ forwardOnly })}>
        Forward only: rows that are there stay
      </Switch>
      {options.forwardOnly && (
        <TextField
          label="Effective from"
          placeholder="now"
          note="From then on the rows are computed by the new text once it is live"
          value={options.effectiveFrom}
          onChange={(effectiveFrom) => set({ effectiveFrom })}
          {...errorOf('effectiveFrom')}
        />
      )}
      {planning.environment !== 'prod' && (
        <Switch isOn={options.includeUnmodified} onChange={(includeUnmodified) => set({ includeUnmodified })}>
          Views of all models, changed or not
        </Switch>
      )}
      <Switch isOn={!options.skipTests} onChange={(runs) => set({ skipTests: !runs })}>
        Run the unit tests first
      </Switch>
    </>
  );
}

/** Which models are computed again, by selectors; what they choose is said while they are typed. */
function Restate({ planned: { options, set } }: { planned: Planned }) {
  const select = selectionsOf(useSettled(options.restate, TYPING_PAUSE));
  const { data, problem } = useFact('models.select', select.length > 0 ? { select } : null);
  const names = data?.models ?? [];
  const shown = names.slice(0, MOST_NAMES).map(shortName).join(', ');
  const note =
    select.length === 0
      ? 'Names, name+ with what reads it, tag:name, or mart.*'
      : `${countOf(names.length, 'model')}: ${shown}${names.length > MOST_NAMES ? ' and more' : ''}`;
  return (
    <TextField
      label="Compute the history again of"
      placeholder="no model"
      value={options.restate}
      onChange={(restate) => set({ restate })}
      isMono
      {...(problem && select.length > 0 ? { error: problem.message } : { note })}
    />
  );
}
