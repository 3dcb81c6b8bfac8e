// Commits row after row into two tables and acknowledges each commit by a line, until it is killed.
import { writeSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [, , path = ''] = process.argv;
const instance = await DuckDBInstance.create(path);
const connection = await instance.connect();
await connection.run('CREATE TABLE IF NOT EXISTS filled (i BIGINT, text VARCHAR)');
await connection.run('CREATE TABLE IF NOT EXISTS ledger (i BIGINT)');
const reader = await connection.runAndReadAll('SELECT coalesce(max(i), -1)::INTEGER + 1 FROM ledger');
for (let next = Number(reader.getRows()[0]?.[0]); ; next += 1) {
  await connection.run('BEGIN');
  await connection.run(`INSERT INTO filled SELECT ${next}, repeat('x', 1000) FROM range(50)`);
  await connection.run(`INSERT INTO ledger VALUES (${next})`);
  await connection.run('COMMIT');
  writeSync(1, `${next}\n`);
  if (next % 7 === 0) await connection.run('CHECKPOINT');
}
