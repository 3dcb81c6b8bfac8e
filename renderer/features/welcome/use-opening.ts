import { useCallback, useState } from 'react';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { CallOptions } from '../../../shared/protocol/port';
import { type FolderFile, isArchive, isProjectFolder, packFolder } from '../../store/archive';
import { goTo } from '../../store/choices/room';
import { callHost } from '../../store/host';
import { isStaticPage } from '../../store/page';
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
  /** forgets the problem of the last try */
  clear(): void;
  openSample(): void;
  openFolder(dir: string): void;
  create(project: { dir?: string; name: string }): void;
  /** a project as a ZIP; only where projects are kept in the browser */
  openArchive(file: File): void;
  /** the files of a folder: a project of its own, or raw data */
  openFiles(files: readonly FolderFile[]): void;
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
    clear: () => setProblem(undefined),
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
    openArchive: (file) => void begin(`Opening ${file.name}`, (options) => unpackInto(file, options)),
    openFiles: (files) =>
      void begin('Reading the folder', async (options) => {
        if (isStaticPage() && isProjectFolder(files)) await unpackInto(await packFolder(files), options);
        else await importInto(rawFiles(files), options);
      }),
    importFiles: (files) =>
      void begin('Sending files', async (options) => {
        const [first] = files;
        if (isStaticPage() && first && isArchive(files)) await unpackInto(first, options);
        else await importInto(files, options);
      }),
  };
}

/** A packed project becomes one of this browser, and is opened. */
async function unpackInto(file: File, options: Parameters<Work>[0]): Promise<void> {
  const { signal, progress } = options;
  const [upload = ''] = await uploadFiles([file], {
    signal: signal as AbortSignal,
    progress: ({ sent, total }) => progress(`Reading ${file.name}`, sent, total),
  });
  const { dir } = await callHost('storage.unpack', { upload }, options);
  await callHost('project.open', { dir }, options);
}

function rawFiles(files: readonly FolderFile[]): readonly File[] {
  return files.map(({ file }) => file).filter(({ name }) => !name.startsWith('.'));
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
