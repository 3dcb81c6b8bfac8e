import { numberOf, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { join, type Sql, sql } from '../sql/sql';

/** Something that happened, as the audit log keeps it; `at` in ms UTC. */
export interface LoggedEvent {
  readonly at: number;
  readonly kind: string;
  readonly body: unknown;
}

/** Where the audit log ends; number 0 and no hash while it is empty. */
interface LastEvent {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Appends to the audit log inside the caller's transaction, after the statements that did what it tells of, all in one call. Each
 * event's hash covers the one before.
 */
export async function appendEvent(
  session: Session,
  event: LoggedEvent,
  sha256: (text: string) => string,
  more: { readonly deeds?: readonly Sql[]; readonly after?: LastEvent } = {},
): Promise<void> {
  const after = more.after ?? (await readLastEvent(session));
  const seq = after.seq + 1;
  const previous = after.hash;
  const body = JSON.stringify(event.body);
  const hash = sha256(JSON.stringify([seq, event.at, event.kind, body, previous]));
  const entry = sql`INSERT INTO teal.event VALUES (${seq}, ${new Date(event.at)}, ${event.kind}, ${body}, ${previous}, ${hash})`;
  await session.run(join([...(more.deeds ?? []), entry], ';\n'));
}

async function readLastEvent(session: Session): Promise<LastEvent> {
  const [last] = await session.rows(sql`SELECT seq, hash FROM teal.event ORDER BY seq DESC LIMIT 1`);
  return last ? { seq: numberOf(last, 'seq'), hash: textOf(last, 'hash') } : { seq: 0, hash: '' };
}
