import { useCallback } from 'react';
import { toProblem } from '../../../../shared/base/errors';
import type { Overview } from '../../../../shared/protocol/views/project';
import { planFor } from '../../../store/choices/planning';
import { goTo } from '../../../store/choices/room';

import { notifyProblem } from '../../../store/notices';
import { listDrafts } from '../choice/drafts';
import { saveDraft } from '../editor/save-draft';
import { targetEnvironment } from './target-environment';

/** Saves what is unsaved, then asks the Backfill room for a plan. A file that cannot be written stops it. */
export function usePlanBackfill(overview: Overview | undefined, shown: string): () => Promise<void> {
  return useCallback(async () => {
    if (!overview) return;
    try {
      for (const draft of listDrafts(overview.dir)) await saveDraft(draft);
    } catch (error) {
      notifyProblem(toProblem(error));
      return;
    }
    planFor({ environment: targetEnvironment(overview, shown) });
    goTo('backfill');
  }, [overview, shown]);
}
