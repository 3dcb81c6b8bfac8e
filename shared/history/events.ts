import { numberOf, textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { sql } from '../sql/sql';

/** Appends to the audit log inside the caller's transaction; each event's hash covers the one before (`teal verify` recomputes them). */
export async function appendEvent(
  session: Session,
  event: { readonly at: number; readonly kind: string; readonly body: unknown },
  sha256: (text: string) => string,
): Promise<void> {
  const [last] = await session.rows(sql`SELECT seq, hash FROM teal.event ORDER BY seq DESC LIMIT 1`);
  const seq = last ? numberOf(last, 'seq') + 1 : 1;
  const previous = last ? textOf(last, 'hash') : '';
  const body = JSON.stringify(event.body);
  const hash = sha256(JSON.stringify([seq, event.at, event.kind, body, previous]));
  await session.run(
    sql`INSERT INTO teal.event VALUES (${seq}, ${new Date(event.at)}, ${event.kind}, ${body}, ${previous}, ${hash})`,
  );
}
