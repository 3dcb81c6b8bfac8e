import { Button as AriaButton, Toolbar } from 'react-aria-components';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { goTo } from '../../store/choices/room';
import { selectModel } from '../../store/choices/selection';
import { cx } from '../../ui/cx';
import { countOf } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import text from '../../ui/text.module.css';
import type { CompareView } from './compare-view';
import { toggleColumn } from './filters';
import styles from './schema-line.module.css';

type SchemaChange = ModelComparison['schema'][number];

const SIGNS = { added: '+', removed: '−', type: '~', moved: '↕' } as const;

/** What changed in the columns themselves; each change can be looked at. */
export function SchemaLine({ model, view }: { model: ModelComparison; view: CompareView }) {
  const retyped = model.schema.filter(({ change }) => change === 'type').length;
  const same = model.columns.length - retyped;
  const look = ({ column }: SchemaChange): void => {
    const differs = model.columns.some(({ name, differ }) => name === column && differ > 0);
    if (differs && view.filters.column !== column) view.setFilters(toggleColumn(view.filters, column));
    view.inspect({ kind: 'column', column });
  };
  return (
    <div className={styles.line}>
      <h3 className={styles.head}>Schema</h3>
      <span className={styles.same}>{countOf(same, 'column')} same</span>
      {model.schema.length > 0 && (
        <Toolbar className={cx(styles.changes)} aria-label="Changed columns">
          {model.schema.map((change) => (
            <AriaButton
              key={`${change.change} ${change.column}`}
              className={cx(styles.change)}
              onPress={() => look(change)}
            >
              <Change change={change} />
            </AriaButton>
          ))}
        </Toolbar>
      )}
      <span className={styles.end}>
        <IconButton
          icon="canvas"
          label="Show on the canvas"
          size="small"
          onPress={() => {
            selectModel(model.model);
            goTo('canvas');
          }}
        />
      </span>
    </div>
  );
}

function Change({ change: { column, change, old, new: current } }: { change: SchemaChange }) {
  return (
    <>
      <span className={styles.sign} data-change={change} aria-hidden="true">
        {SIGNS[change]}
      </span>
      <span className={styles.name}>{column}</span>
      {change === 'type' ? (
        <>
          <span className={text.hidden}>type changed from</span>
          <s className={styles.old}>{old}</s>
          <span className={text.hidden}>to</span>
          <span className={styles.new}>{current}</span>
        </>
      ) : (
        <span className={styles.word}>
          {change === 'moved' ? 'moved' : `${change}, ${current ?? old ?? ''}`}
        </span>
      )}
    </>
  );
}
