import { toProblem } from '../../../../shared/base/errors';
import type { Graph } from '../../../../shared/protocol/views/project';
import { addReference } from '../../../../shared/sql/add-reference';
import { callHost } from '../../../store/host';
import { notify, notifyProblem } from '../../../store/notices';
import { announce } from '../../../ui/announce';
import { chooseCanvas } from '../choice/canvas-choice';
import { listDrafts, writeDraft } from '../choice/drafts';
import { selectNode } from '../choice/selected-node';
import { complete, stopConnecting } from './connecting';
import { edgesOfTexts, type Reading, refusalOf } from './reading';

/** Why this connection cannot be made now, with unsaved texts taken in. */
export function whyNot(graph: Graph, dir: string, reading: Reading): string | undefined {
  return refusalOf(reading, edgesOfTexts(graph, listDrafts(dir)));
}

/** Writes the parent into the child's text as an unsaved draft, and takes its editor to what must be completed. */
export async function connectNodes(dir: string, { parent, child }: Reading): Promise<void> {
  stopConnecting();
  try {
    const { text: saved } = await callHost('model.read', { model: child });
    const text = listDrafts(dir).find(({ model }) => model === child)?.text ?? saved;
    const added = addReference(text, parent);
    selectNode(child);
    chooseCanvas({ tab: 'sql' });
    if (!added) {
      complete({ model: child, from: text.length, to: text.length });
      notify({
        tone: 'look',
        text: `The query of ${child} is not one that Teal can add to: write ${parent} in.`,
      });
      return;
    }
    writeDraft({ dir, model: child }, added.text, saved);
    complete({ model: child, from: added.from, to: added.to });
    announce(connectedWords(parent, child, added.how));
  } catch (error) {
    notifyProblem(toProblem(error));
  }
}

function connectedWords(parent: string, child: string, how: string): string {
  if (how === 'there') return `${child} reads ${parent} already`;
  const next = how === 'join' ? 'write the condition of the join' : 'write the columns';
  return `${child} reads ${parent} now, not saved: ${next}`;
}
