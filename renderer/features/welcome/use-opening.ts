import { useCallback, useState } from 'react';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { CallOptions } from '../../../shared/protocol/port';
import { goTo } from '../../store/choices/room';
import { callHost } from '../../store/host';
import { enterProject } from '../../store/project';
import { uploadFiles } from '../../store/upload';

/** What is being opened, and how far that is; `share` is null where nobody knows. */
export interface Opening {
  readonly text: string;
  readonly share: number | null;
  readonly cancel: () => void;
}

export interface Openers {
  readonly opening: Opening | undefined;
  readonly problem: Problem | undefined;
  openSample(): void;
  openFolder(dir: string): void;
  create(project: { dir: string; name: string }): void;
  importFiles(files: readonly File[]): void;
}

type Work = (options: Required<Pick<CallOptions, 'signal' | 'progress'>>) => Promise<void>;

/** The ways into a project; one at a time, each with its progress and a way to stop it. */
export function useOpening(): Openers {
  const [opening, setOpening] = useState<Opening>();
  const [problem, setProblem] = useState<Problem>();

  const begin = useCallback(async (text: string, work: Work): Promise<void> => {
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    setProblem(undefined);
    setOpening({ text, share: null, cancel });
    try {
      await work({
        signal: controller.signal,
        progress: (step, done, total) =>
          setOpening({ text: step, share: done === null || !total ? null : done / total, cancel }),
      });
      enterProject();
    } catch (error) {
      if (!controller.signal.aborted) setProblem(toProblem(error));
    }
    setOpening(undefined);
  }, []);

  return {
    opening,
    problem,
    openSample: () =>
      void begin('Opening the sample', async (options) => {
        await callHost('project.create', { template: 'sushi' }, options);
        goTo('canvas');
      }),
    openFolder: (dir) =>
      void begin(`Opening ${dir}`, async (options) => {
        await callHost('project.open', { dir }, options);
      }),
    create: (project) =>
      void begin(`Making ${project.name}`, async (options) => {
        await callHost('project.create', { template: 'blank', ...project }, options);
        goTo('raw');
      }),
    importFiles: (files) => void begin('Sending files', (options) => importInto(files, options)),
  };
}

/** Files become a project of their own: sent first, so that a cut connection leaves no half-made project. */
async function importInto(files: readonly File[], options: Parameters<Work>[0]): Promise<void> {
  const { signal, progress } = options;
  const uploads = await uploadFiles(files, {
    signal: signal as AbortSignal,
    progress: ({ file, sent, total }) => progress(`Sending ${file}`, sent, total),
  });
  await callHost('project.create', { template: 'blank' }, options);
  await callHost('source.import', { paths: [], uploads }, options);
  goTo('raw');
}
