// Opens a warehouse, says so, and holds it until its input ends.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , path = ''] = process.argv;
await DuckDBInstance.create(path);
process.stdout.write('holding\n');
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
