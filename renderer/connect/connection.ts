import type { Client } from '../../shared/protocol/port';

/** How the window stands to its host. `retryAt` is a moment in milliseconds since 1970. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** `refused`: a host answers at this address, but not to this window's token */
  | { readonly kind: 'lost'; readonly attempt: number; readonly retryAt: number; readonly refused: boolean };

/** A client that outlives its carrier: when one is lost it opens the next, and says so. */
export interface Connection extends Client {
  state(): ConnectionState;
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Tries at once instead of at `retryAt`. */
  retry(): void;
}
