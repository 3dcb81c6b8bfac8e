// `npm test`: builds, runs vitest and Playwright, and ends with one line that sums both up.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildTarget, targetNames } from './targets.mjs';
import { listFiles, packageRoot, program } from './tools.mjs';

const results = join(packageRoot, 'test-results');
const realShell = { file: 'electron.spec.ts', skipped: 0 };
const totals = [await runBuilds(), runVitest(), runPlaywright()];
const passed = sum('passed');
const skipped = sum('skipped');
const failed = Math.max(sum('failed'), passed === 0 ? 1 : 0);
if (passed === 0) console.log('no test passed');
console.log();
for (const { name, ...counts } of totals) {
  console.log(
    `${name.padEnd(8)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
}
if (realShell.skipped > 0)
  console.log(`Electron's program is not here: ${realShell.skipped} tests of the real shell were skipped.`);
if (skipped > 0) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function sum(key) {
  return totals.reduce((total, counts) => total + counts[key], 0);
}

/** A build is no test, so one that works counts nothing; one that fails counts as a failure. */
async function runBuilds() {
  let failed = 0;
  for (const target of targetNames) {
    try {
      await buildTarget(target, { log: console.log });
    } catch (error) {
      console.error(error.message);
      failed += 1;
    }
  }
  return { name: 'build', passed: 0, failed, skipped: 0 };
}

function runVitest() {
  const file = join(results, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { report, status } = runReported(program('vitest'), args, file);
  const counts = { name: 'vitest', passed: 0, failed: 0, skipped: 0 };
  for (const { assertionResults, status: fileStatus } of report?.testResults ?? []) {
    for (const { status: outcome } of assertionResults) {
      counts[{ passed: 'passed', failed: 'failed' }[outcome] ?? 'skipped'] += 1;
    }
    if (fileStatus === 'failed' && assertionResults.every(({ status }) => status !== 'failed'))
      counts.failed += 1;
  }
  return atLeastOneFailure(counts, status);
}

function runPlaywright() {
  const counts = { name: 'e2e', passed: 0, failed: 0, skipped: 0 };
  if (listFiles(packageRoot, ['test/e2e'], /\.(test|spec)\.ts$/).length === 0) return counts;
  const file = join(results, 'e2e.json');
  const { report, status } = runReported(program('playwright'), ['test'], file);
  counts.passed = (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0);
  counts.failed = report?.stats.unexpected ?? 0;
  counts.skipped = report?.stats.skipped ?? 0;
  const shells = (report?.suites ?? []).filter((suite) => suite.file === realShell.file);
  realShell.skipped = shells.flatMap(testsIn).filter(({ status }) => status === 'skipped').length;
  return atLeastOneFailure(counts, status);
}

function testsIn({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsIn)];
}

/** A runner that crashed, or that failed for a reason no test bears, is a failure too. */
function atLeastOneFailure(counts, status) {
  return { ...counts, failed: status === 0 ? counts.failed : Math.max(1, counts.failed) };
}

function runReported(path, args, file) {
  mkdirSync(results, { recursive: true });
  rmSync(file, { force: true });
  const { status } = spawnSync(process.execPath, [path, ...args], { cwd: packageRoot, stdio: 'inherit' });
  return { status, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
}
