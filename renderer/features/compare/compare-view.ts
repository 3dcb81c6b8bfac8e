import { useMemo } from 'react';
import { create } from 'zustand';
import type { DiffRow } from '../../../shared/protocol/views/compare';
import { type Filters, NO_FILTERS } from './filters';

/** What the inspector shows. */
export type Focus =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'row'; readonly row: DiffRow };

interface ViewStore {
  /** the comparison and model that filters and focus belong to */
  readonly scope: string;
  readonly filters: Filters;
  readonly focus: Focus | undefined;
  readonly isInspectorOpen: boolean;
  readonly changedOnly: boolean;
  readonly isBeside: boolean;
  readonly isTable: boolean;
}

export interface CompareView extends Omit<ViewStore, 'scope'> {
  setFilters(filters: Filters): void;
  /** shows a column or row in the inspector, which opens for it */
  inspect(focus: Focus): void;
  closeInspector(): void;
}

type Layout = Pick<ViewStore, 'changedOnly' | 'isBeside' | 'isTable'>;

const ROOM_FOR_INSPECTOR = 1200;

const useViewStore = create<ViewStore>(() => ({
  scope: '',
  filters: NO_FILTERS,
  focus: undefined,
  isInspectorOpen: window.innerWidth >= ROOM_FOR_INSPECTOR,
  changedOnly: false,
  isBeside: false,
  isTable: false,
}));

/** How one model of a comparison is looked at. Another scope starts without filters. */
export function useCompareView(scope: string): CompareView {
  const store = useViewStore();
  const own = store.scope === scope ? store : { ...store, filters: NO_FILTERS, focus: undefined };
  const steps = useMemo(
    () => ({
      setFilters: (filters: Filters) => put(scope, { filters }),
      inspect: (focus: Focus) => put(scope, { focus, isInspectorOpen: true }),
      closeInspector: () => put(scope, { isInspectorOpen: false }),
    }),
    [scope],
  );
  return { ...own, ...steps };
}

export function setCompareLayout(layout: Partial<Layout>): void {
  useViewStore.setState(layout);
}

function put(scope: string, change: Partial<ViewStore>): void {
  useViewStore.setState((store) => ({
    ...(store.scope === scope ? {} : { scope, filters: NO_FILTERS, focus: undefined }),
    ...change,
  }));
}
