import { useEffect, useState } from 'react';

/** A value as it was when it last stayed the same for a while, so that not every letter that is typed asks the host. */
export function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), pause);
    return () => window.clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
