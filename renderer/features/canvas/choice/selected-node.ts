import { selectModel, selectSource, useSelection } from '../../../store/choices/selection';

const SOURCE = 'raw.';

/** The id of the selected node: a model, or a source as `raw.name` while no model is selected. */
export function useSelectedNode(): string | null {
  return useSelection(({ model, source }) => model ?? (source === null ? null : SOURCE + source));
}

/** Selects a node in all rooms; null selects nothing. */
export function selectNode(id: string | null): void {
  if (id?.startsWith(SOURCE)) {
    selectModel(null);
    selectSource(id.slice(SOURCE.length));
    return;
  }
  selectModel(id);
  if (id === null) selectSource(null);
}
