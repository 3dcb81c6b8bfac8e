import { memo } from 'react';
import type { Graph, Overview } from '../../../../shared/protocol/views/project';
import { useEnvironment } from '../../../store/project';
import { Button } from '../../../ui/button';
import { ToggleButton } from '../../../ui/toggle-button';
import { Toolbar } from '../../../ui/toolbar';
import { chooseCanvas, useCanvasChoice } from '../choice/canvas-choice';
import { useSelectedNode } from '../choice/selected-node';
import type { Affected } from '../effect/affected';
import { AddModel } from './add-model';
import styles from './canvas-toolbar.module.css';
import { PlanSummary } from './plan-summary';

export interface CanvasToolbarProps {
  readonly graph: Graph;
  readonly overview: Overview;
  readonly affected: Affected;
  /** nodes stand where they were dragged to */
  readonly isMoved: boolean;
  readonly onTidy: () => void;
}

/** What can be added, how the graph is shown, and what the edits so far would make Teal compute. */
export const CanvasToolbar = memo(function CanvasToolbar(props: CanvasToolbarProps) {
  const { view, isGrouped } = useCanvasChoice();
  const selected = useSelectedNode();
  const environment = useEnvironment();
  return (
    <div className={styles.frame}>
      <Toolbar
        label="Canvas"
        end={
          <PlanSummary
            overview={props.overview}
            affected={props.affected}
            environment={environment?.name ?? 'prod'}
          />
        }
      >
        <AddModel graph={props.graph} selected={selected} />
        <ToggleButton isOn={isGrouped} onChange={(isOn) => chooseCanvas({ isGrouped: isOn })}>
          Group by schema
        </ToggleButton>
        <ToggleButton
          isOn={view === 'list'}
          onChange={(isOn) => chooseCanvas({ view: isOn ? 'list' : 'graph' })}
        >
          List view
        </ToggleButton>
        {view === 'graph' && props.isMoved && (
          <Button kind="quiet" size="small" onPress={props.onTidy}>
            Tidy
          </Button>
        )}
      </Toolbar>
    </div>
  );
});
