import { cancelled } from './faults';

/** Gives a slot back; a second call does nothing. */
export type Free = () => void;

/** A number of slots, taken in the order asked for. */
export interface Slots {
  /** Waits for a slot; an abort ends the wait with a Fault `cancelled`. */
  take(signals: readonly AbortSignal[]): Promise<Free>;
}

/** Makes `count` slots; one slot is a first-in-first-out lock. */
export function createSlots(count: number): Slots {
  let left = count;
  const waiting = new Set<() => void>();

  const grant = (): Free => {
    left -= 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      left += 1;
      const next = waiting.values().next();
      if (!next.done) next.value();
    };
  };

  const wait = (signals: readonly AbortSignal[]) =>
    new Promise<Free>((resolve, reject) => {
      const settle = () => {
        waiting.delete(admit);
        for (const signal of signals) signal.removeEventListener('abort', giveUp);
      };
      const admit = () => {
        settle();
        resolve(grant());
      };
      const giveUp = () => {
        settle();
        reject(cancelled());
      };
      waiting.add(admit);
      for (const signal of signals) signal.addEventListener('abort', giveUp);
    });

  return {
    async take(signals) {
      if (signals.some((signal) => signal.aborted)) throw cancelled();
      return left > 0 && waiting.size === 0 ? grant() : wait(signals);
    },
  };
}
