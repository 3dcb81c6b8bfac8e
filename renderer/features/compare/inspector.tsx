import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { IconButton } from '../../ui/icon-button';
import { ColumnInspector } from './column-inspector';
import { orderColumns } from './column-order';
import type { CompareView, Focus } from './compare-view';
import styles from './inspector.module.css';
import { RowInspector } from './row-inspector';

export interface InspectorProps {
  readonly model: ModelComparison;
  readonly view: CompareView;
  readonly onClose: () => void;
}

/** All that is known of one column or one row. */
export function Inspector({ model, view, onClose }: InspectorProps) {
  const focus = view.focus ?? firstFocus(model);
  if (!focus) return null;
  const close = <IconButton icon="x" label="Close the details" size="small" onPress={onClose} />;
  return (
    <aside className={styles.inspector} aria-label="Details">
      {focus.kind === 'row' ? (
        <RowInspector model={model} row={focus.row} end={close} />
      ) : (
        <ColumnInspector model={model} column={focus.column} view={view} end={close} />
      )}
    </aside>
  );
}

/** Until something is chosen, the column that differs most. */
function firstFocus(model: ModelComparison): Focus | undefined {
  const first = orderColumns(model.columns)[0];
  if (!first || first.differ === 0) return undefined;
  return { kind: 'column', column: first.name };
}
