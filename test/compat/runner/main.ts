// `npm run compat -- DIR [CASE...] [--json] [--keep DIR]`.
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDeviations } from '../rules/apply-rules';
import { type Case, findCases, readCase, UnreadableCase } from './format';
import { type CaseResult, stepText, sumOf, sumText, unreadableText } from './report';
import { missingFiles, type RunOptions, runCase } from './run-case';

/** Where a run says what it finds. */
export type Say = (text: string) => void;

/** Runs the cases of a folder and gives the exit code: 0 all passed, 1 some failed, 2 called wrongly. */
export async function main(args: readonly string[], say: Say, cwd: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, keep: { type: 'string' } },
    allowPositionals: true,
  });
  const [folder, ...names] = positionals;
  if (folder === undefined) {
    say('usage: npm run compat -- DIR [CASE...] [--json] [--keep DIR]');
    return 2;
  }
  const lines: Say = values.json ? () => undefined : say;
  const keep = values.keep === undefined ? {} : { keep: resolve(cwd, values.keep) };
  const cases = await runCases(resolve(cwd, folder), names, { deviations: readDeviations(), ...keep }, lines);
  const sum = sumOf(cases);
  say(values.json ? JSON.stringify({ ...sum, cases }, null, 2) : sumText(sum));
  return sum.failed > 0 ? 1 : 0;
}

async function runCases(
  folder: string,
  names: readonly string[],
  options: RunOptions,
  say: Say,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  const note = (result: CaseResult) => {
    results.push(result);
    if (result.unreadable !== null) say(unreadableText(result));
  };
  try {
    const found = findCases(folder, names);
    if (found.length === 0) note({ name: folder, unreadable: 'there is no case in it', steps: [] });
    for (const name of found) note(await runNamed(join(folder, name), options, say));
  } catch (error) {
    if (!(error instanceof UnreadableCase)) throw error;
    note({ name: folder, unreadable: error.message, steps: [] });
  }
  return results;
}

/** Runs one case; what makes it unreadable is its failure. */
export async function runNamed(dir: string, options: RunOptions, say: Say): Promise<CaseResult> {
  const name = basename(dir);
  const steps: CaseResult['steps'][number][] = [];
  try {
    const given = complete(readCase(dir, name));
    const onStep: NonNullable<RunOptions['onStep']> = (step) => {
      steps.push(step);
      say(stepText(name, step));
    };
    await runCase(given, { ...options, onStep });
    return { name, unreadable: null, steps };
  } catch (error) {
    const unreadable = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, unreadable, steps };
  }
}

function complete(given: Case): Case {
  const missing = missingFiles(given);
  if (missing.length > 0) throw new UnreadableCase(`${given.name} lacks ${missing.slice(0, 5).join(', ')}`);
  return given;
}
