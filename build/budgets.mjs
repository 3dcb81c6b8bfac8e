// node build/budgets.mjs [root] [--no-ratio]: prints the table of budgets and fails past a limit.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countLines, measureFile } from './measure.mjs';
import { parseFolders } from './syntax.mjs';

const ROOMS = ['shared', 'node', 'electron', 'renderer'];
// The ratio's limit is what was reached: it may only rise, to 0.8 in the end (docs/decisions/6).
const LIMITS = { file: 400, functionTs: 60, functionTsx: 80, exports: 12, parameters: 4, ratio: 0.4 };
/** Whether too few test lines fail the check; off by `--no-ratio` or TEAL_BUDGET_RATIO=off. */
const RATIO_ENFORCED = true;

const { values, positionals } = parseArgs({
  options: { 'no-ratio': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = resolve(positionals[0] ?? '.');
const ratioCounts = RATIO_ENFORCED && !values['no-ratio'] && process.env.TEAL_BUDGET_RATIO !== 'off';
const files = parseFolders(root, [...ROOMS, 'build']).map(measureFile);
const inRooms = files.filter(({ path }) => !path.startsWith('build/'));
if (inRooms.length === 0) {
  console.log('no files were examined');
  process.exit(1);
}
const rows = [...lengthRows(), ...countRows(), ...zeroRows(), commentRow(), ratioRow()];
printTable(rows);
const violations = rows.flatMap(({ violations = [] }) => violations);
for (const line of violations) console.log(line);
console.log(`${files.length} files examined, ${violations.length} past a limit`);
process.exit(violations.length > 0 ? 1 : 0);

function lengthRows() {
  const functions = (isTsx) => files.filter((file) => file.isTsx === isTsx).flatMap((file) => file.functions);
  const fileLines = files.map(({ path, lines }) => ({ place: path, value: lines }));
  const lines = (isTsx) => functions(isTsx).map(({ place, lines: value }) => ({ place, value }));
  return [
    spread('file lines', fileLines, LIMITS.file, '70 / 200'),
    spread('function lines in .ts', lines(false), LIMITS.functionTs, '8 / 25'),
    spread('function lines in .tsx', lines(true), LIMITS.functionTsx, '- / 35'),
  ];
}

function countRows() {
  const exported = files.filter(({ path }) => !path.endsWith('.d.ts'));
  const counts = exported.map(({ path, exports: value }) => ({ place: path, value }));
  const parameters = files.flatMap((file) =>
    file.parameters.map(({ place, parameters: value }) => ({ place, value })),
  );
  return [
    spread('exports a file', counts, LIMITS.exports, '- / 5'),
    spread('parameters', parameters, LIMITS.parameters, '- / 3'),
  ];
}

function zeroRows() {
  const names = { defaults: 'default exports', any: 'any', bangs: 'non-null !', catches: 'empty catches' };
  return Object.entries(names).map(([key, name]) => {
    const places = files.flatMap((file) => file[key]);
    const violations = places.map((place) => `${place}: ${name}, the limit is 0`);
    return { name, measured: `${places.length}`, aim: '0', limit: '0', violations };
  });
}

function commentRow() {
  const share = (100 * sum(files, 'commentLines')) / Math.max(1, sum(files, 'filledLines'));
  return { name: 'comment share', measured: `${share.toFixed(1)} %`, aim: '8 to 15 %', limit: '' };
}

function ratioRow() {
  const tests = parseFolders(root, ['test']).filter(({ path }) => !path.startsWith('test/fixtures/'));
  const testLines = tests.reduce((total, { text }) => total + countLines(text), 0);
  const ratio = testLines / Math.max(1, sum(inRooms, 'lines'));
  const short = ratioCounts && ratio < LIMITS.ratio;
  const line = `test/: ${ratio.toFixed(2)} test lines a source line, the limit is at least ${LIMITS.ratio}`;
  return {
    name: 'test lines a source line',
    measured: ratio.toFixed(2),
    aim: '0.8 to 1.3',
    limit: `at least ${LIMITS.ratio}${ratioCounts ? '' : ' (not enforced)'}`,
    violations: short ? [line] : [],
  };
}

function spread(name, entries, limit, aim) {
  const sorted = entries.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const violations = entries
    .filter(({ value }) => value > limit)
    .map(({ place, value }) => `${place}: ${value} ${name}, the limit is ${limit}`);
  return {
    name,
    measured: `${at(0.5)} / ${at(0.9)} / ${sorted.at(-1) ?? 0}`,
    aim,
    limit: `${limit}`,
    violations,
  };
}

function sum(entries, key) {
  return entries.reduce((total, entry) => total + entry[key], 0);
}

function printTable(table) {
  const print = (cells) =>
    console.log(
      cells
        .map((cell, i) => cell.padEnd([26, 22, 12, 0][i]))
        .join(' ')
        .trimEnd(),
    );
  print(['measure', 'median / p90 / most', 'aim', 'limit']);
  for (const { name, measured, aim, limit } of table) print([name, measured, aim, limit]);
}
