import type { Change } from '../../plan/types';
import type { ChangeClass } from '../../protocol/views/project';

/** How a change is called on screen. */
export function changeClassOf(change: Change): ChangeClass {
  if (change.kind === 'added') return 'added';
  const names = {
    BREAKING: 'breaking',
    NON_BREAKING: 'non_breaking',
    INDIRECT_BREAKING: 'indirect_breaking',
    INDIRECT_NON_BREAKING: 'indirect_non_breaking',
    METADATA: 'metadata',
    FORWARD_ONLY: 'non_breaking',
  } as const;
  return names[change.category];
}
