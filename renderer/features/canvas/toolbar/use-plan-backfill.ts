import { useCallback } from 'react';
import { type Problem, toProblem } from '../../../../shared/base/errors';
import type { Overview } from '../../../../shared/protocol/views/project';
import { planFor } from '../../../store/choices/planning';
import { goTo } from '../../../store/choices/room';
import { notifyProblem } from '../../../store/notices';
import { type Draft, listDrafts } from '../choice/drafts';
import { saveDraft } from '../editor/save-draft';
import { targetEnvironment } from './target-environment';

/** Saves what is unsaved, then asks the Backfill room for a plan. A file that cannot be written stops it. */
export function usePlanBackfill(overview: Overview | undefined, shown: string): () => Promise<void> {
  return useCallback(async () => {
    if (!overview) return;
    for (const draft of listDrafts(overview.dir)) {
      const problem = await problemOfSaving(draft);
      if (problem) notifyProblem(problem);
      // The draft of a model that is gone is nothing to plan, and kept all the same.
      if (problem && problem.code !== 'model.not_found') return;
    }
    planFor({ environment: targetEnvironment(overview, shown) });
    goTo('backfill');
  }, [overview, shown]);
}

async function problemOfSaving(draft: Draft): Promise<Problem | undefined> {
  try {
    await saveDraft(draft);
    return undefined;
  } catch (error) {
    return toProblem(error);
  }
}
