import { Command, CommanderError } from 'commander';
import { version } from '../host/version';
import { registerAuthor } from './commands/author';
import { registerCompare } from './commands/compare';
import { registerEnvironments } from './commands/environments';
import { registerPlan } from './commands/plan';
import { registerProject } from './commands/project';
import { registerQuality } from './commands/quality';
import { registerRaw } from './commands/raw';
import { registerRelease } from './commands/release';
import { registerUi } from './commands/ui';
import { registerWork } from './commands/work';
import type { GlobalOptions, Terminal } from './context';
import type { Verb, Weight } from './run-verb';
import { runVerb, showFailure } from './run-verb';

/** The verbs as --help groups them; one that is named nowhere comes last. */
const GROUPS: Readonly<Record<string, string>> = {
  'Project:': 'init info doctor import sources ui',
  'Models:': 'dag render evaluate query format lint test create_test audit',
  'Plan and fill:': 'plan backfill run check_intervals',
  'Compare and release:': 'compare table_diff swap rollback releases',
  'Environments:': 'environments invalidate janitor',
};

function groupOf(verb: string): string {
  const found = Object.entries(GROUPS).find(([, verbs]) => verbs.split(' ').includes(verb));
  return found?.[0] ?? 'Records:';
}

/** Runs one command line and gives its exit code: 0 done, 1 gate or audit, 2 usage, 3 partly done, 4 internal, 130 cancelled. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exit = 0;
  const program = new Command('teal')
    .description('Backfill and reprocess data safely: fill shadows, compare, swap, roll back.')
    .version(version)
    .option('-p, --project <dir>', 'the project folder', '.')
    .option('--json', 'print one JSON document on stdout, progress on stderr')
    .option('--read-only-copy', 'look at a copy of the warehouse, while another program holds it')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('Run with --help to see what there is.');
  const options = (): GlobalOptions => {
    const given = program.opts<{ project: string; json?: boolean; readOnlyCopy?: boolean }>();
    const own = program.commands.map((command) => command.opts<{ json?: boolean; readOnlyCopy?: boolean }>());
    return {
      project: given.project,
      json: given.json === true || own.some((one) => one.json),
      readOnlyCopy: given.readOnlyCopy === true || own.some((one) => one.readOnlyCopy),
    };
  };
  const verb = async (action: Verb, weight: Weight = 'look') => {
    exit = await runVerb(action, { options: options(), terminal, weight });
  };
  const end = (code: number) => {
    exit = code;
  };
  registerProject(program, verb);
  registerRaw(program, verb);
  registerPlan(program, verb);
  registerWork(program, verb);
  registerQuality(program, verb);
  registerCompare(program, verb);
  registerRelease(program, verb);
  registerAuthor(program, verb);
  registerEnvironments(program, verb);
  registerUi(program, { options, terminal, end });
  for (const command of program.commands)
    command
      .helpGroup(groupOf(command.name()))
      .option('--json', 'print one JSON document on stdout')
      .option('--read-only-copy', 'look at a copy of the warehouse')
      .exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return args.includes('--json')
      ? showFailure(
          { code: 'usage.invalid', message: error.message.replace(/^error: /, '') },
          { json: true },
          terminal,
        )
      : 2;
  }
}
