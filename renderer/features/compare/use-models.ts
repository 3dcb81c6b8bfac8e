import { useMemo } from 'react';
import type { Comparison, ModelComparison } from '../../../shared/protocol/views/compare';
import { useSelection } from '../../store/choices/selection';
import { useFact } from '../../store/use-fact';
import { type OrderedModels, orderModels, pickModel } from './column-order';

const NO_EDGES: readonly { from: string; to: string }[] = [];

/** The models of a comparison in the order of the data's flow, and the one that is looked at. */
export function useModels(comparison: Comparison | undefined): {
  readonly models: OrderedModels;
  readonly model: ModelComparison | undefined;
} {
  const chosen = useSelection((selection) => selection.model);
  const edges = useFact('project.graph', {}).data?.edges ?? NO_EDGES;
  const models = useMemo(() => orderModels(comparison?.models ?? [], edges), [comparison, edges]);
  return { models, model: pickModel(models, chosen) };
}
