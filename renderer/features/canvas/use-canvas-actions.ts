import { type RefObject, useMemo } from 'react';
import type { NodeView, Overview } from '../../../shared/protocol/views/project';
import { type Action, useOfferActions } from '../../store/actions';
import { useEnvironment } from '../../store/project';
import { chooseCanvas, useCanvasChoice } from './choice/canvas-choice';
import { askToConnect } from './connect/connecting';
import type { Affected } from './effect/affected';
import { planLabel } from './effect/effect-words';
import { focusPart } from './focus-part';
import { usePlanBackfill } from './toolbar/use-plan-backfill';

interface ActionGround {
  readonly root: RefObject<HTMLElement | null>;
  readonly node: NodeView | undefined;
  readonly overview: Overview;
  readonly affected: Affected;
  /** absent while no node was moved */
  readonly tidy: (() => void) | undefined;
}

/** What the palette offers in this room: the selected model's actions first. */
export function useCanvasActions({ root, node, overview, affected, tidy }: ActionGround): void {
  const plan = usePlanBackfill(overview, useEnvironment()?.name ?? 'prod');
  const view = useCanvasChoice((choice) => choice.view);
  const id = node?.id;
  const isModel = node?.type === 'model';
  const actions = useMemo(
    () => [
      ...(id === undefined ? [] : nodeActions(root, id, isModel)),
      ...(affected.effects.size === 0 ? [] : [planAction(affected, plan)]),
      ...roomActions(view, tidy),
    ],
    [root, id, isModel, affected, plan, view, tidy],
  );
  useOfferActions(actions);
}

function nodeActions(root: ActionGround['root'], id: string, isModel: boolean): Action[] {
  const group = `For ${id}`;
  const preview: Action = {
    id: 'canvas.preview',
    command: 'model.preview',
    title: `Preview rows of ${id}`,
    group,
    icon: 'view',
    run: () => focusPart(root, 'preview'),
  };
  const connect: Action = {
    id: 'canvas.connect',
    title: `Connect ${id} to another node`,
    group,
    icon: 'join',
    run: () => askToConnect(id),
  };
  if (!isModel) return [preview, connect];
  const open: Action = {
    id: 'canvas.sql',
    command: 'model.read',
    title: `Open SQL of ${id}`,
    group,
    icon: 'sql',
    run: () => {
      chooseCanvas({ tab: 'sql' });
      focusPart(root, 'editor');
    },
  };
  const render: Action = {
    id: 'canvas.render',
    command: 'model.render',
    title: `Render SQL of ${id}`,
    group,
    line: `teal render ${id}`,
    icon: 'file',
    run: () => {
      chooseCanvas({ tab: 'sql', beside: 'rendered' });
      focusPart(root, 'editor');
    },
  };
  return [open, preview, render, connect];
}

function planAction(affected: Affected, plan: () => Promise<void>): Action {
  return {
    id: 'canvas.plan',
    command: 'plan.build',
    title: planLabel(affected, 0),
    group: 'Canvas',
    line: 'teal plan ENVIRONMENT',
    icon: 'backfill',
    run: () => void plan(),
    isAvailable: () => !affected.editing?.problem,
  };
}

function roomActions(view: 'graph' | 'list', tidy: (() => void) | undefined): Action[] {
  const group = 'Canvas';
  const other = view === 'graph' ? 'list' : 'graph';
  const show: Action = {
    id: 'canvas.view',
    title: `Show models as a ${other}`,
    group,
    icon: other === 'list' ? 'text' : 'canvas',
    run: () => chooseCanvas({ view: other }),
  };
  if (view === 'list' || !tidy) return [show];
  return [show, { id: 'canvas.tidy', title: 'Tidy the canvas', group, icon: 'fit', run: tidy }];
}
