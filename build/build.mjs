// node build/build.mjs [renderer] [node] [electron] [--force]: builds the named targets, or all, when their inputs changed.
import { parseArgs } from 'node:util';
import { buildTarget, targetNames } from './targets.mjs';

const { values, positionals } = parseArgs({
  options: { force: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !targetNames.includes(name));
if (unknown.length > 0) {
  console.error(`unknown target ${unknown.join(', ')}; there are ${targetNames.join(', ')}`);
  process.exit(2);
}
for (const name of positionals.length > 0 ? positionals : targetNames) {
  try {
    const built = await buildTarget(name, { force: values.force, log: console.log });
    if (!built) console.log(`${name} is up to date`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
