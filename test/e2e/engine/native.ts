import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNativeEngine } from '../../../node/engine/native-engine';
import { type Session, withSession } from '../../../shared/engine/contract';
import { authored } from '../../../shared/sql/sql';

/** What a query gives on the native engine, as the worker's `rows` gives it in the browser. */
export interface Shown {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Runs `work` with a native session in memory and a folder of its own. */
async function natively<T>(work: (session: Session, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'teal-native-'));
  const engine = await openNativeEngine({ path: ':memory:', allowedDirectories: [folder] });
  try {
    return await withSession(engine, 'writer', (session) => work(session, folder));
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Parquet file of a query's rows, as native DuckDB writes it. */
export function parquetOf(query: string, options = ''): Promise<Uint8Array> {
  return natively(async (session, folder) => {
    const path = join(folder, 'made.parquet');
    await session.run(authored(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`));
    return new Uint8Array(readFileSync(path));
  });
}

/** Columns and rows of a query natively; `$name` stands for the path of a file that is given under the name. */
export function shownNatively(
  query: string,
  given: Readonly<Record<string, Uint8Array>> = {},
): Promise<Shown> {
  return natively(async (session, folder) => {
    let text = query;
    for (const [name, bytes] of Object.entries(given)) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      text = text.replaceAll(`$${name}`, path);
    }
    const rows: (readonly unknown[])[] = [];
    let columns: Shown['columns'] = [];
    for await (const page of session.pages(authored(text))) {
      columns = page.columns;
      rows.push(...page.rows);
    }
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows };
  });
}

/** Names of all functions that the native engine has. */
export async function nativeFunctions(): Promise<readonly string[]> {
  const { rows } = await shownNatively('SELECT DISTINCT function_name FROM duckdb_functions() ORDER BY 1');
  return rows.map((row) => String(row[0]));
}
