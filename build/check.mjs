// `npm run check`: every gate, in order, each even when an earlier one failed; a table at the end.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot, program } from './tools.mjs';

const script = (name) => join(packageRoot, 'build', name);
const STEPS = [
  ['cycles, layers', script('layers.mjs')],
  ['dead code', program('knip'), '--no-progress', '--no-config-hints'],
  ['lint, format', program('biome'), 'check', '--error-on-warnings', '.'],
  ['types', script('types.mjs')],
  ['budgets', script('budgets.mjs')],
  ['SQL', script('sql-gate.mjs')],
  ['build', script('build.mjs')],
];

const rows = STEPS.map(([name, ...args]) => {
  console.log(`\n--- ${name}`);
  const began = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: packageRoot, stdio: 'inherit' });
  return { name, passed: status === 0, seconds: (Date.now() - began) / 1000 };
});
console.log();
for (const { name, passed, seconds } of rows) {
  console.log(`${name.padEnd(16)} ${passed ? 'passed' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s`);
}
process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
