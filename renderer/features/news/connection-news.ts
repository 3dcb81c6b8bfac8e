import type { ConnectionState } from '../../connect/connection';

/** What to say when the connection was `before` and is `now`: that it is lost, and that it is back. */
export function connectionNews(before: ConnectionState, now: ConnectionState): string | undefined {
  if (now.kind === 'lost' && before.kind !== 'lost')
    return now.refused
      ? 'Teal does not know this window: open the address that it printed last'
      : 'Connection lost, your work is kept. Teal tries again by itself.';
  if (now.kind === 'open' && before.kind === 'lost') return 'Connection is back';
  return undefined;
}
