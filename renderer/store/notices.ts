import { create } from 'zustand';
import type { Problem } from '../../shared/base/errors';

/** A short word of the window about something that happened; problems stay until they are put away. */
export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'look' | 'problem';
  readonly text: string;
  readonly problem?: Problem;
  readonly action?: { readonly label: string; run(): void };
}

const LIFE = 6000;
let lastId = 0;

const useNoticeStore = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

export function notify(notice: Omit<Notice, 'id'>): number {
  const id = ++lastId;
  useNoticeStore.setState(({ notices }) => ({ notices: [...notices.slice(-4), { ...notice, id }] }));
  if (notice.tone !== 'problem' && !notice.action) setTimeout(() => dismissNotice(id), LIFE);
  return id;
}

export function notifyProblem(problem: Problem): number {
  return notify({ tone: 'problem', text: problem.message, problem });
}

export function dismissNotice(id: number): void {
  useNoticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

export function useNotices(): readonly Notice[] {
  return useNoticeStore((store) => store.notices);
}
