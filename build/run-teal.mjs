// What `npm run -s teal -- ARGS` calls.
import { log, runTeal } from './teal.mjs';

try {
  await runTeal(process.argv.slice(2));
} catch (error) {
  log(error.message);
  process.exitCode = 4;
}
