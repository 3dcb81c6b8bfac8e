import { useEffect, useState } from 'react';
import styles from './text.module.css';

/** `polite` waits until the reader pauses, `assertive` interrupts: for failures alone. */
type Urgency = 'polite' | 'assertive';

interface Said {
  readonly id: number;
  readonly text: string;
  readonly urgency: Urgency;
}

/** Long enough for a reader to take it in, short enough that it is not found again later. */
const LIFE = 5000;
const listeners = new Set<(said: Said) => void>();
let lastId = 0;

/** Says a text to screen readers; nothing is seen. */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  if (text === '') return;
  const said = { id: ++lastId, text, urgency };
  for (const listener of listeners) listener(said);
}

/** The live regions of the window; the frame has them once. Each text is a line of its own, so that none displaces another. */
export function Announcer() {
  const [lines, setLines] = useState<readonly Said[]>([]);
  useEffect(() => {
    const timers = new Set<number>();
    const say = (said: Said): void => {
      setLines((before) => [...before, said]);
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        setLines((now) => now.filter(({ id }) => id !== said.id));
      }, LIFE);
      timers.add(timer);
    };
    listeners.add(say);
    return () => {
      listeners.delete(say);
      for (const timer of timers) window.clearTimeout(timer);
    };
  }, []);
  return (
    <>
      <div className={styles.hidden} role="status" aria-label="News" aria-atomic="false">
        <Lines lines={lines} urgency="polite" />
      </div>
      <div className={styles.hidden} role="alert" aria-atomic="false">
        <Lines lines={lines} urgency="assertive" />
      </div>
    </>
  );
}

function Lines({ lines, urgency }: { lines: readonly Said[]; urgency: Urgency }) {
  return lines.filter((line) => line.urgency === urgency).map(({ id, text }) => <p key={id}>{text}</p>);
}
