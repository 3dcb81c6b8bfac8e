// A plan that finds nothing to do over 1,000 small models, process start included: Teal with its cache cold and warm, and SQLMesh with its own.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { planProject } from './plan-project.mjs';
import { inFolder, least, median, writeFiles } from './support.mjs';

const MODELS = Number(process.env.TEAL_BENCH_MODELS ?? 1000);
const START = 'from sqlmesh.cli.main import cli; cli()';
const REPEATS = Number(process.env.TEAL_BENCH_REPEATS ?? 5);

export async function planBench() {
  return inFolder(async (dir) => {
    const project = join(dir, 'project');
    writeFiles(project, planProject(MODELS));
    const python = findPython();
    const sides = { teal: tealSide(project), ...(python ? { sqlmesh: sqlmeshSide(project, python) } : {}) };
    for (const side of Object.values(sides)) side.fill();
    const times = {};
    for (const name of Object.keys(sides)) times[name] = { cold: [], warm: [] };
    for (let round = 0; round < REPEATS; round++)
      for (const [name, side] of Object.entries(sides)) {
        for (const path of side.cache) rmSync(join(project, path), { recursive: true, force: true });
        times[name].cold.push(side.plan());
        times[name].warm.push(side.plan());
      }
    return figures(times, python !== undefined);
  });
}

function figures({ teal, sqlmesh }, both) {
  const own = ['cold', 'warm'].map((cache) => figure(`Teal, ${cache} cache, median s`, teal[cache]));
  if (!both)
    return [
      ...own,
      {
        label: 'SQLMesh was not measured, only Teal: TEAL_SQLMESH_PYTHON names no Python that has it',
        value: 0,
      },
    ];
  const times = (theirs, ours) => median(theirs) / median(ours);
  const [a, b] = [sqlmesh.cold, sqlmesh.warm];
  return [
    ...own,
    ...['cold', 'warm'].map((cache) => figure(`SQLMesh, ${cache} cache, median s`, sqlmesh[cache])),
    { label: 'Teal cold, times faster than SQLMesh cold', value: times(a, teal.cold), least: 5 },
    { label: 'Teal cold, times faster than SQLMesh warm', value: times(b, teal.cold), least: 5 },
    { label: 'Teal warm, times faster than SQLMesh warm', value: times(b, teal.warm), least: 15 },
  ];
}

const figure = (label, times) => ({
  label,
  value: median(times),
  note: `least ${least(times).toFixed(2)}, most ${Math.max(...times).toFixed(2)}, ${times.length} times`,
});

function tealSide(project) {
  const run = (...args) => timed(process.execPath, [resolve('dist/node/teal.js'), 'plan', ...args], project);
  return {
    cache: ['.teal/cache'],
    fill: () => run('--auto-apply', '--no-prompts'),
    plan: () => nothingToDo(/^Nothing differs and nothing is missing in prod/, run('--no-prompts')),
  };
}

function sqlmeshSide(project, python) {
  const run = (...args) => timed(python, ['-c', START, 'plan', ...args], project);
  return {
    cache: ['.cache'],
    fill: () => run('--auto-apply', '--no-prompts'),
    plan: () => nothingToDo(/No changes to plan/, run('--no-prompts')),
  };
}

/** Runs a command in a process of its own, in the project's folder; gives its seconds and what it printed. */
function timed(command, args, cwd) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, TZ: 'UTC', SQLMESH__DISABLE_ANONYMIZED_ANALYTICS: '1' },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return { seconds, stdout };
}

/** Both must have found that there is nothing to do; else their times mean nothing. */
function nothingToDo(says, { seconds, stdout }) {
  if (!says.test(stdout))
    throw new Error(`A plan that should find nothing to do printed:\n${stdout.slice(0, 2000)}`);
  return seconds;
}

/** TEAL_SQLMESH_PYTHON, else the one that continuous integration makes. */
function findPython() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const own = join(cache, 'teal/sqlmesh-0.236.4-duckdb-1.5.6/bin/python');
  const named = process.env.TEAL_SQLMESH_PYTHON ?? (existsSync(own) ? own : 'python3');
  return spawnSync(named, ['-c', 'import sqlmesh'], { stdio: 'ignore' }).status === 0 ? named : undefined;
}
