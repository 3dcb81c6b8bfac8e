// Swap of 20 models of 20 columns with readers in a loop, against the same view texts created bare in one transaction.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bareEngine, inFolder, least, median, writeFiles } from './support.mjs';

const MODELS = 20;
const COLUMNS = 20;
const ROUNDS = 20;
const READERS = 2;

const names = Array.from({ length: MODELS }, (_, model) => `m${String(model).padStart(2, '0')}`);
const columns = Array.from({ length: COLUMNS - 1 }, (_, column) => `i + ${column} AS c${column}`).join(', ');
const query = (mark) => `SELECT ${mark} AS mark, ${columns} FROM range(1000) AS t(i)`;
const check = names
  .map((name) => `SELECT min(mark) AS low, max(mark) AS high FROM mart.${name}`)
  .join(' UNION ALL ');
const mixed = `SELECT min(low) <> max(high) AS mixed FROM (${check}) AS marks`;

export async function swapBench() {
  return inFolder(async (dir) => {
    const bare = await bareSwaps(join(dir, 'bare.duckdb'));
    const own = await ownSwaps(join(dir, 'project'));
    const note = (result) =>
      `median ${median(result.times).toFixed(1)} ms, ${result.reads} reads, ${result.mixed} mixed, ${result.errors} errors`;
    return [
      {
        label: 'swap of 20 models of 20 columns, times bare views',
        value: median(own.times) / median(bare.times),
        limit: 3,
        note: `${note(own)}; bare ${note(bare)}; least ${least(own.times).toFixed(1)} against ${least(bare.times).toFixed(1)} ms`,
      },
      { label: 'the whole call with gates and Git, median ms', value: median(own.calls) },
      { label: 'reads that saw a mixture, or failed', value: own.mixed + own.errors, limit: 0 },
    ];
  });
}

/** The same texts that Teal writes: each live view reads a version's own view, which reads a table. */
async function bareSwaps(path) {
  const engine = await bareEngine(path);
  await engine.run('CREATE SCHEMA mart; CREATE SCHEMA held');
  const list = ['mark', ...Array.from({ length: COLUMNS - 1 }, (_, column) => `c${column}`)]
    .map((column) => `"${column}"`)
    .join(', ');
  for (const name of names) {
    for (const mark of [1, 2]) {
      await engine.run(`CREATE TABLE held.${name}_${mark} AS ${query(mark)}`);
      await engine.run(
        `CREATE VIEW held.${name}__v${mark} AS SELECT ${list} FROM (SELECT ${list} FROM held.${name}_${mark}) AS version_rows`,
      );
    }
  }
  const views = (mark) =>
    names
      .map((name) => `CREATE OR REPLACE VIEW mart.${name} AS SELECT ${list} FROM held.${name}__v${mark}`)
      .join(';');
  await engine.run(views(1));
  const read = async () => {
    const connection = await engine.connect();
    return async () => (await connection.runAndReadAll(mixed)).getRows()[0][0];
  };
  const result = await timeSwaps(read, (round) => engine.run(`BEGIN; ${views((round % 2) + 1)}; COMMIT`));
  engine.close();
  return result;
}

async function ownSwaps(project) {
  const { startHost } = await import(resolve('dist/node/host.js'));
  const model = (name, mark) => `MODEL (\n  name mart.${name},\n  kind FULL\n);\n\n${query(mark)}\n`;
  const all = (mark) =>
    Object.fromEntries(names.map((name) => [`models/mart/${name}.sql`, model(name, mark)]));
  writeFiles(project, { 'config.yaml': readFileSync('examples/blank/config.yaml', 'utf8'), ...all(1) });
  const host = startHost({ version: 'bench', way: 'benchmark' });
  await host.service.open(project);
  const client = host.client();
  await fill(client, 'prod');
  for (const name of names) await client.call('model.save', { model: `mart.${name}`, text: model(name, 2) });
  await fill(client, 'dev');
  const read = async () => async () => (await client.call('query.run', { sql: mixed })).rows[0][0];
  const result = await timeSwaps(
    read,
    (round) =>
      round % 2 === 0
        ? client.call('release.rollback', {})
        : client.call('release.swap', { environment: 'dev' }),
    () => client.call('release.swap', { environment: 'dev' }),
  );
  await host.close();
  writeFileSync(join(project, 'done'), '');
  return result;
}

async function fill(client, environment) {
  const plan = await client.call('plan.build', { environment });
  await client.call('backfill.start', { plan: plan.id, wait: true });
}

async function timeSwaps(openReader, swap, first = () => swap(1)) {
  await first();
  const state = { times: [], calls: [], reads: 0, mixed: 0, errors: 0 };
  let over = false;
  const readers = Array.from({ length: READERS }, async () => {
    const read = await openReader();
    while (!over) {
      try {
        if (await read()) state.mixed++;
        state.reads++;
      } catch {
        state.errors++;
      }
    }
  });
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const result = await swap(round);
    state.times.push(result?.milliseconds ?? performance.now() - started);
    state.calls.push(performance.now() - started);
  }
  over = true;
  await Promise.all(readers);
  return state;
}
