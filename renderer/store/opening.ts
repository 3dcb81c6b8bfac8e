import { useEffect } from 'react';
import { create } from 'zustand';
import { type Problem, toProblem } from '../../shared/base/errors';
import type { CallOptions } from '../../shared/protocol/port';
import { type FolderFile, isArchive, isProjectFolder, packFolder } from './archive';
import { goTo } from './choices/room';
import { callHost } from './host';
import { notifyProblem } from './notices';
import { isStaticPage } from './page';
import { enterProject } from './project';
import { type RawInput, sendInput } from './raw-input';
import { uploadFiles } from './upload';

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

type WorkOptions = Required<Pick<CallOptions, 'signal' | 'progress'>>;
type Work = (options: WorkOptions) => Promise<void>;

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

export function createProject(project: { dir?: string; name: string }): void {
  void begin(`Making ${project.name}`, async (options) => {
    await callHost('project.create', { template: 'blank', ...project }, options);
    goTo('raw');
  });
}

/** A project as a ZIP; only where projects are kept in the browser. */
export function openArchive(file: File): void {
  void begin(`Opening ${file.name}`, (options) => unpackInto(file, options));
}

/** The files of a folder: a project of its own, or raw data. */
export function openFiles(files: readonly FolderFile[]): void {
  void begin('Reading the folder', async (options) => {
    if (isStaticPage() && isProjectFolder(files)) await unpackInto(await packFolder(files), options);
    else await importInto(rawFiles(files), options);
  });
}

export function importFiles(input: readonly RawInput[]): void {
  void begin('Sending files', async (options) => {
    const files = input.filter((item) => typeof item !== 'string');
    const [first] = files;
    if (isStaticPage() && first && isArchive(files)) await unpackInto(first, options);
    else await importInto(input, options);
  });
}

/** Forgets the problem of the last try. */
export function clearOpeningProblem(): void {
  useOpeningStore.setState({ problem: undefined });
}

/** A packed project becomes one of this browser, and is opened. */
async function unpackInto(file: File, options: WorkOptions): Promise<void> {
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
async function importInto(input: readonly RawInput[], options: WorkOptions): Promise<void> {
  const { signal, progress } = options;
  const sent = await sendInput(input, {
    signal: signal as AbortSignal,
    progress: ({ file, sent: bytes, total }) => progress(`Sending ${file}`, bytes, total),
  });
  await callHost('project.create', { template: 'blank' }, options);
  await callHost('source.import', sent, options);
  goTo('raw');
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
