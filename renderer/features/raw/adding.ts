import { create } from 'zustand';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { SourceSummary } from '../../../shared/protocol/views/raw';
import { selectSource } from '../../store/choices/selection';
import { callHost } from '../../store/host';
import { notify } from '../../store/notices';
import { type RawInput, sendInput } from '../../store/raw-input';
import { announce } from '../../ui/announce';
import { countOf, formatBytes } from '../../ui/format';
import { addedText } from './added-text';

/** Files on their way in; it goes on when the room is left. `share` is null where nobody knows. */
interface Adding {
  readonly text: string;
  readonly share: number | null;
  readonly cancel: () => void;
}

interface AddingStore {
  readonly adding: Adding | undefined;
  readonly problem: Problem | undefined;
}

export const useAdding = create<AddingStore>(() => ({ adding: undefined, problem: undefined }));

export function clearAddingProblem(): void {
  useAdding.setState({ problem: undefined });
}

/** Sends files to the host and makes sources of them; one lot at a time. */
export async function addFiles(files: readonly RawInput[]): Promise<void> {
  if (useAdding.getState().adding) {
    notify({ tone: 'look', text: 'Other files are being added. Add these when that is done.' });
    return;
  }
  if (files.length === 0) {
    notify({ tone: 'look', text: 'No Parquet, CSV or JSON files there.' });
    return;
  }
  const controller = new AbortController();
  const { signal } = controller;
  const show = (text: string, share: number | null): void =>
    useAdding.setState({ adding: { text, share, cancel: () => controller.abort() }, problem: undefined });
  show(`Sending ${countOf(files.length, 'file')}`, 0);
  try {
    const sent = await sendInput(files, {
      signal,
      progress: ({ file, sent: bytes, total }) =>
        show(`Sending ${file}, ${formatBytes(bytes)} of ${formatBytes(total)}`, total ? bytes / total : null),
    });
    show(`Reading ${countOf(files.length, 'file')}`, null);
    const progress = (text: string, done: number | null, total: number | null): void =>
      show(text, done === null || !total ? null : done / total);
    const { sources } = await callHost('source.import', sent, { signal, progress });
    useAdding.setState({ adding: undefined });
    tell(sources);
  } catch (error) {
    useAdding.setState({ adding: undefined, problem: signal.aborted ? undefined : toProblem(error) });
    if (signal.aborted) announce('Stopped, no source was added');
  }
}

function tell(sources: readonly SourceSummary[]): void {
  const text = addedText(sources);
  const isOdd = sources.some(({ quarantined, problem }) => quarantined > 0 || problem !== null);
  if (sources[0]) selectSource(sources[0].name);
  notify({ tone: isOdd ? 'look' : 'done', text });
}
