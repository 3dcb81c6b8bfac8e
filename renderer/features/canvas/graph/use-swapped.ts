import { useEffect, useRef, useState } from 'react';
import type { NodeView } from '../../../../shared/protocol/views/project';

const NONE: ReadonlySet<string> = new Set();
/** longer than the motion of the nodes */
const LIFE = 800;

/** The models whose live version has just changed, for as long as they show it. */
export function useSwapped(dir: string, nodes: readonly NodeView[]): ReadonlySet<string> {
  const former = useRef<{ dir: string; versions: ReadonlyMap<string, number> }>(undefined);
  const [swapped, setSwapped] = useState(NONE);
  useEffect(() => {
    const versions = new Map(nodes.flatMap(({ id, live }) => (live ? [[id, live.version] as const] : [])));
    const before = former.current;
    former.current = { dir, versions };
    if (before?.dir !== dir) return;
    const moved = [...versions].filter(([id, version]) => before.versions.get(id) !== version);
    if (moved.length > 0) setSwapped(new Set(moved.map(([id]) => id)));
  }, [dir, nodes]);
  useEffect(() => {
    if (swapped === NONE) return;
    const timer = window.setTimeout(() => setSwapped(NONE), LIFE);
    return () => window.clearTimeout(timer);
  }, [swapped]);
  return swapped;
}
