import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { goTo } from '../../store/choices/room';
import { selectModel } from '../../store/choices/selection';
import { Button } from '../../ui/button';
import { LinkButton } from '../../ui/link-button';
import { PaneHead } from '../../ui/pane-head';
import { DriftNotes } from './drift-notes';
import { ReadingChoiceField } from './reading-choice-field';
import { ReadingFoot } from './reading-foot';
import styles from './reading-pane.module.css';
import type { Reading } from './use-reading';
import type { SourceView } from './use-source-view';

const MOST_NOTES = 5;

/** How the file was read, choice by choice with its evidence; what changed since; who reads it. */
export function ReadingPane(props: { detail: SourceDetail; reading: Reading; view: SourceView }) {
  const { detail, reading, view } = props;
  const toggle = (
    <Button kind="quiet" size="small" onPress={() => view.showSql(!view.hasSql)}>
      {view.hasSql ? 'Hide SQL' : 'Show SQL'}
    </Button>
  );
  return (
    <aside className={styles.side} aria-label="How the file was read">
      <PaneHead title="How the file was read" end={toggle} hasRule />
      <div className={styles.scroll}>
        {detail.choices.map((choice) => (
          <ReadingChoiceField
            key={choice.id}
            choice={choice}
            edited={reading.changed[choice.id]}
            isDisabled={reading.running}
            onChoose={(value) => reading.choose(choice.id, value)}
          />
        ))}
        {detail.choices.length === 0 && (
          <p className={styles.none}>The files state their columns and types themselves.</p>
        )}
        <div className={styles.part}>
          <DriftNotes detail={detail} most={MOST_NOTES} />
        </div>
        <UsedBy models={detail.usedBy} definitionFile={detail.definitionFile} />
      </div>
      <ReadingFoot reading={reading} />
    </aside>
  );
}

function UsedBy({ models, definitionFile }: { models: readonly string[]; definitionFile: string }) {
  const show = (model: string): void => {
    selectModel(model);
    goTo('canvas');
  };
  return (
    <section className={styles.part} aria-label="Used by">
      <h3>Used by</h3>
      {models.length === 0 && <p className={styles.note}>No model reads it yet.</p>}
      <ul className={styles.models}>
        {models.map((model) => (
          <li key={model}>
            <LinkButton onPress={() => show(model)} label={`Show ${model} on the canvas`}>
              {model}
            </LinkButton>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        Kept in <span className={styles.mono}>{definitionFile}</span>
      </p>
    </section>
  );
}
