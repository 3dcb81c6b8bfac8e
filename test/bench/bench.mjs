// npm run bench [-- NAME...]: measures Teal against the least work that the engine could do, in one run, as ratios.
import { backfillBench } from './backfill.mjs';
import { enginesBench } from './engines.mjs';
import { pageBench } from './page.mjs';
import { planBench } from './plan.mjs';
import { shellBench } from './shell.mjs';
import { swapBench } from './swap.mjs';
import { windowBench } from './window.mjs';

const benches = {
  backfill: backfillBench,
  shell: shellBench,
  swap: swapBench,
  window: windowBench,
  page: pageBench,
  engines: enginesBench,
  plan: planBench,
};
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
let missed = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  console.log(`\n${name}`);
  for (const { label, value, limit, least, note } of await benches[name]()) {
    const reached = (limit === undefined || value <= limit) && (least === undefined || value >= least);
    const verdict = limit === undefined && least === undefined ? '' : reached ? 'reached' : 'MISSED';
    if (!reached) missed++;
    const against =
      limit !== undefined ? `, at most ${limit}` : least !== undefined ? `, at least ${least}` : '';
    console.log(`  ${label}: ${Number(value.toFixed(3))}${against}  ${verdict}  ${note ?? ''}`.trimEnd());
  }
}
process.exitCode = missed > 0 ? 1 : 0;
