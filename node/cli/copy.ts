import { startCopyHost } from '../host/copy-host';
import type { Host } from '../host/host';
import { version } from '../host/version';
import { COPY, type Terminal } from './context';

/** A host on a copy of the warehouse, which says of which moment the copy is. */
export function startCopy(terminal: Terminal): Host {
  return startCopyHost({ version, way: COPY }, (at) =>
    terminal.err(
      `Looking at a copy of the warehouse as it was at ${new Date(at).toISOString()}. What changed since is not in it, and nothing is written back.`,
    ),
  );
}
