import { useEffect, useState } from 'react';
import styles from './text.module.css';

const CLEAR_AFTER = 1000;
const listeners = new Set<(text: string) => void>();

/** Says a text to screen readers, politely; nothing is seen. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** The live region of the window; the frame has one. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer: number;
    const say = (next: string): void => {
      setText(next);
      window.clearTimeout(timer);
      // The same words said twice must be heard twice.
      timer = window.setTimeout(() => setText(''), CLEAR_AFTER);
    };
    listeners.add(say);
    return () => {
      listeners.delete(say);
      window.clearTimeout(timer);
    };
  }, []);
  return (
    <div className={styles.hidden} role="status" aria-live="polite">
      {text}
    </div>
  );
}
