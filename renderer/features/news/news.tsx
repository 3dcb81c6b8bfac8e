import { useEffect, useRef } from 'react';
import { useConnectionState } from '../../store/host';
import { useRun } from '../../store/runs';
import { announce } from '../../ui/announce';
import { connectionNews } from './connection-news';
import { runNews } from './run-news';

/** The reason of a failure and the number of a release come a moment after the state itself. */
const SETTLING = 800;
const GOES_ON: readonly string[] = ['running', 'paused'];

/** Says to screen readers what happens by itself, whichever room is in sight. */
export function News({ isProjectOpen }: { isProjectOpen: boolean }) {
  useConnectionNews();
  return isProjectOpen ? <RunNews /> : null;
}

function RunNews() {
  const { run } = useRun();
  const told = useRef(run);
  useEffect(() => {
    const tell = (): void => {
      const before = told.current;
      told.current = run;
      const news = run && runNews(before, run);
      if (news) announce(news.text, news.isUrgent ? 'assertive' : 'polite');
    };
    if (!run || GOES_ON.includes(run.status) || run.status === told.current?.status) {
      tell();
      return;
    }
    const timer = window.setTimeout(tell, SETTLING);
    return () => window.clearTimeout(timer);
  }, [run]);
  return null;
}

function useConnectionNews(): void {
  const state = useConnectionState();
  const former = useRef(state);
  useEffect(() => {
    if (state.kind === 'connecting') return;
    const text = connectionNews(former.current, state);
    former.current = state;
    if (text) announce(text, state.kind === 'lost' ? 'assertive' : 'polite');
  }, [state]);
}
