import { Fault } from '../base/errors';
import { textOf } from '../base/rows';
import type { Session } from '../engine/contract';
import { authored, sql } from '../sql/sql';

/**
 * Views over files hold absolute paths: where the project's folder was moved or copied since it was last opened, they are pointed
 * at the files in its new place. A view whose files are gone stays as it is, and says so when it is read.
 */
export async function followFolder(session: Session, dir: string): Promise<void> {
  const [row] = await session.rows(sql`SELECT value FROM teal.meta WHERE name = 'folder'`);
  const before = row ? textOf(row, 'value') : undefined;
  if (before === dir) return;
  if (before !== undefined) await repoint(session, before, dir);
  await session.run(sql`INSERT OR REPLACE INTO teal.meta VALUES ('folder', ${dir})`);
}

async function repoint(session: Session, before: string, dir: string): Promise<void> {
  const [old, now] = [pathStart(before), pathStart(dir)];
  const views = await session.rows(
    sql`SELECT sql AS text FROM duckdb_views() WHERE NOT internal AND contains(sql, ${old})`,
  );
  for (const view of views) {
    const text = textOf(view, 'text').replaceAll(old, now);
    try {
      await session.run(authored(text.replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW')));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
}

/** How a path below a folder begins where SQL quotes it. */
function pathStart(dir: string): string {
  return `'${dir.replaceAll("'", "''")}/`;
}
