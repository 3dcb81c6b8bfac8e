import { useState } from 'react';

export type SourceTab = 'data' | 'profile' | 'snapshots' | 'drift';

/** What of a source is in sight. */
export interface SourceView {
  readonly tab: SourceTab;
  readonly hasSql: boolean;
  readonly isNaming: boolean;
  showTab(tab: SourceTab): void;
  showSql(hasSql: boolean): void;
  setNaming(isNaming: boolean): void;
}

export function useSourceView(): SourceView {
  const [tab, showTab] = useState<SourceTab>('data');
  const [hasSql, showSql] = useState(false);
  const [isNaming, setNaming] = useState(false);
  return { tab, hasSql, isNaming, showTab, showSql, setNaming };
}
