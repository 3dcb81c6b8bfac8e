import { create } from 'zustand';
import type { Lack } from '../connect/page-worker';
import { callHost, onHostEvent, refreshFacts } from './host';

export type { Lack };

const PROJECT = 'teal.page.project';
const USER = 'teal.user';
let asked = false;

interface PageStore {
  readonly isPage: boolean;
  readonly lack: Lack | undefined;
  readonly isOffline: boolean;
}

const usePageStore = create<PageStore>(() => ({ isPage: false, lack: undefined, isOffline: false }));

/** Called by the entry of the static page alone: there the whole service runs in the browser. */
export function markStaticPage(): void {
  usePageStore.setState({ isPage: true });
}

/** Whether this window is the static page, with its projects in the browser's own storage. */
export function isStaticPage(): boolean {
  return usePageStore.getState().isPage;
}

/** Called when the browser turns out to lack what the page cannot do without. */
export function lackHere(lack: Lack): void {
  usePageStore.setState({ lack });
}

export function useLack(): Lack | undefined {
  return usePageStore((page) => page.lack);
}

/** Called when all of the page is kept in the browser. */
export function noteOffline(): void {
  usePageStore.setState({ isOffline: true });
}

/** Whether the page would work now without a network. */
export function useWorksOffline(): boolean {
  return usePageStore((page) => page.isOffline);
}

/** The project that this tab had open when it was last loaded. */
export function getLastProject(): string | null {
  return window.sessionStorage.getItem(PROJECT);
}

/** Who is recorded with what is done here. */
export function getUserName(): string {
  return window.localStorage.getItem(USER) ?? 'you';
}

export function nameUser(name: string): void {
  const known = name.trim() || 'you';
  window.localStorage.setItem(USER, known);
  const channel = new BroadcastChannel(USER);
  channel.postMessage(known);
  channel.close();
}

/** Remembers which project this tab has open, so that a reload, or a new worker, comes back to it. */
export function followPage(): void {
  onHostEvent((event) => {
    if (event.type === 'facts.changed' && event.topics.includes('project')) void rememberProject();
  });
}

async function rememberProject(): Promise<void> {
  const answer = await callHost('project.overview', {}).then(
    ({ dir }) => ({ dir }),
    (error: { problem?: { code?: string } }) => ({ code: error.problem?.code }),
  );
  if ('dir' in answer) {
    window.sessionStorage.setItem(PROJECT, answer.dir);
    await askToKeep();
  }
  // one that another tab has stays this tab's: it may be asked for back
  else if (answer.code === 'project.none_open') window.sessionStorage.removeItem(PROJECT);
}

/** Asks the browser once not to clear the storage by itself; what it answers is shown with the projects. */
async function askToKeep(): Promise<void> {
  if (asked || (await navigator.storage.persisted())) return;
  asked = true;
  if (await navigator.storage.persist()) refreshFacts(['storage']);
}
