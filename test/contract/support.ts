import type { Row } from '../../shared/base/rows';
import { EngineFault, type Session } from '../../shared/engine/contract';
import { authored } from '../../shared/sql/sql';

/** Runs for minutes on any engine, in steps that are short each; tests interrupt it. */
export const endless = authored('SELECT count(*) AS n FROM range(1000000000000) r(i) WHERE hash(i) = 7');

/** The failure of a call, `null` when it went well. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return null;
  } catch (thrown) {
    return thrown;
  }
}

/** Code of a call's EngineFault; `null` when it went well. */
export async function codeOf(call: Promise<unknown>): Promise<string | null> {
  const failure = await failureOf(call);
  if (failure === null) return null;
  if (failure instanceof EngineFault) return failure.problem.code;
  throw failure;
}

/** One value of a query that gives one row of one column. */
export async function firstValue(session: Session, text: string): Promise<unknown> {
  const rows = await session.rows(authored(text));
  return Object.values(rows[0] ?? ({} satisfies Row))[0];
}

/** A promise and the function that keeps it, to hold a test at a known point without waiting for time to pass. */
export function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
