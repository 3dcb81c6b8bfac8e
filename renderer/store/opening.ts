import { useEffect } from 'react';
import { create } from 'zustand';
import { type Problem, toProblem } from '../../shared/base/errors';
import type { CallOptions } from '../../shared/protocol/port';
import { goTo } from './choices/room';
import { callHost } from './host';
import { notifyProblem } from './notices';
import { enterProject } from './project';
import { type RawInput, sendInput } from './raw-input';

/** What is being opened, and how far that is; `share` is null where nobody knows. */
export interface Opening {
  readonly text: string;
  readonly share: number | null;
  readonly cancel: () => void;
}

interface OpeningStore {
  readonly opening: Opening | undefined;
  readonly problem: Problem | undefined;
}

type Work = (options: Required<Pick<CallOptions, 'signal' | 'progress'>>) => Promise<void>;

const useOpeningStore = create<OpeningStore>(() => ({ opening: undefined, problem: undefined }));
let watchers = 0;

/** The opening under way and what went wrong with the last; while nothing shows it, a problem is a notice. */
export function useOpening(): OpeningStore {
  useEffect(() => {
    watchers++;
    return () => {
      watchers--;
      useOpeningStore.setState({ problem: undefined });
    };
  }, []);
  return useOpeningStore();
}

export function openSample(): void {
  void begin('Opening the sample', async (options) => {
    await callHost('project.create', { template: 'sushi' }, options);
    goTo('canvas');
  });
}

export function openFolder(dir: string): void {
  void begin(`Opening ${dir}`, async (options) => {
    await callHost('project.open', { dir }, options);
  });
}

export function createProject(project: { dir: string; name: string }): void {
  void begin(`Making ${project.name}`, async (options) => {
    await callHost('project.create', { template: 'blank', ...project }, options);
    goTo('raw');
  });
}

/** Files become a project of their own: sent first, so that a cut connection leaves no half-made project. */
export function importFiles(input: readonly RawInput[]): void {
  void begin('Sending files', async (options) => {
    const { signal, progress } = options;
    const sent = await sendInput(input, {
      signal: signal as AbortSignal,
      progress: ({ file, sent: bytes, total }) => progress(`Sending ${file}`, bytes, total),
    });
    await callHost('project.create', { template: 'blank' }, options);
    await callHost('source.import', sent, options);
    goTo('raw');
  });
}

/** One at a time, with its progress and a way to stop it. */
async function begin(text: string, work: Work): Promise<void> {
  if (useOpeningStore.getState().opening) return;
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  useOpeningStore.setState({ problem: undefined, opening: { text, share: null, cancel } });
  try {
    await work({
      signal: controller.signal,
      progress: (step, done, total) =>
        useOpeningStore.setState({
          opening: { text: step, share: done === null || !total ? null : done / total, cancel },
        }),
    });
    enterProject();
  } catch (error) {
    if (!controller.signal.aborted) tell(toProblem(error));
  }
  useOpeningStore.setState({ opening: undefined });
}

function tell(problem: Problem): void {
  if (watchers > 0) useOpeningStore.setState({ problem });
  else notifyProblem(problem);
}
