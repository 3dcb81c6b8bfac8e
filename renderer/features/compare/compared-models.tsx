import { useCallback, useRef } from 'react';
import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { selectModel } from '../../store/choices/selection';
import { EmptyState } from '../../ui/empty-state';
import { Split } from '../../ui/split';
import styles from './compare.module.css';
import { useCompareView } from './compare-view';
import { ExpectedChange } from './expected-change';
import { Inspector } from './inspector';
import { ModelChange } from './model-change';
import { ModelList } from './model-list';
import { useModels } from './use-models';

/** The models of a comparison, and the chosen one in full. */
export function ComparedModels({ comparison }: { comparison: Comparison }) {
  const { models, model } = useModels(comparison);
  if (!model)
    return <EmptyState icon="compare" title="No models on either side" text="There is no data yet." />;
  const side = (
    <aside className={styles.side} aria-label="Compared models">
      <ModelList models={models} selected={model.model} onSelect={selectModel} />
      <ExpectedChange comparison={comparison} />
    </aside>
  );
  return (
    <Split
      id="compare"
      panels={[
        {
          id: 'models',
          size: 208,
          minSize: 160,
          maxSize: 400,
          isFixed: true,
          stackHeight: 240,
          content: side,
        },
        { id: 'change', minSize: 320, content: <Change comparison={comparison} model={model} /> },
      ]}
    />
  );
}

function Change({ comparison, model }: { comparison: Comparison; model: ModelComparison }) {
  const view = useCompareView(`${comparison.id} ${model.model}`);
  const main = useRef<HTMLElement>(null);
  const { closeInspector } = view;
  const close = useCallback(() => {
    closeInspector();
    // The button that had the focus is gone.
    main.current?.focus();
  }, [closeInspector]);
  return (
    <div className={styles.panes}>
      <section ref={main} className={styles.main} tabIndex={-1} aria-label={`Change of ${model.model}`}>
        <ModelChange comparison={comparison} model={model} view={view} />
      </section>
      {view.isInspectorOpen && <Inspector model={model} view={view} onClose={close} />}
    </div>
  );
}
