// Reads all views of a warehouse with nothing but DuckDB, and prints their names, rows and text.
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
const connection = await instance.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
const views = await rows('SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal');
const found = [];
for (const { schema_name: schema, view_name: view, sql } of views) {
  const [row] = await rows(`SELECT count(*)::INTEGER AS n FROM (SELECT * FROM "${schema}"."${view}")`);
  found.push({ name: `${schema}.${view}`, rows: row.n, sql });
}
process.stdout.write(JSON.stringify(found));
