import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { LoadPage } from './grid-types';
import { PageStore } from './page-store';

/** The pages of `load`; while those of a new `load` are not there yet, the former ones stay. */
export function usePages(load: LoadPage, size: number): { pages: PageStore; isStale: boolean } {
  const pages = useMemo(() => new PageStore(load, size), [load, size]);
  useSyncExternalStore(pages.subscribe, pages.version);
  const former = useRef(pages);
  if (pages.isReady()) former.current = pages;
  const shown = former.current.isReady() ? former.current : pages;
  return { pages: shown, isStale: shown !== pages };
}
