// Runs dependency-cruiser over the rooms of a folder; cycles, forbidden imports and an empty run are failures.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { program } from './tools.mjs';

const root = resolve(process.argv[2] ?? '.');
const { roots } = JSON.parse(readFileSync(join(root, 'build/layers.json'), 'utf8'));
const places = [...roots, 'build', 'test'].filter((name) => existsSync(join(root, name)));
const args = [program('depcruise'), '--config', '.dependency-cruiser.cjs', '-T', 'json'];
const run = spawnSync(process.execPath, [...args, ...places], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
if (!run.stdout.startsWith('{')) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
const { modules, summary } = JSON.parse(run.stdout);
for (const { rule, from, to, cycle, comment } of summary.violations) {
  const path =
    cycle?.length > 0 ? [from, ...cycle.map((step) => step.name)].join(' -> ') : `${from} -> ${to}`;
  console.log(`${rule.name}: ${path}${comment ? `\n  ${comment}` : ''}`);
}
const inRooms = modules.filter(({ source }) => roots.some((name) => source.startsWith(`${name}/`))).length;
if (inRooms === 0) console.log('no modules were examined');
console.log(
  `${inRooms} modules in the rooms, ${summary.totalCruised} in all, ${summary.violations.length} violations`,
);
process.exit(inRooms === 0 || summary.violations.length > 0 ? 1 : 0);
