// One step's command as arguments of the real command line, and what came of it.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { isRecord, type Options, type Step, UnreadableCase } from './format';

const PROGRAM = resolve(import.meta.dirname, '../../../dist/node/teal.js');
const LIMIT_MS = 300_000;

export interface Ended {
  /** the exit code; null where it was ended for taking too long */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a command printed: its one document, or why there is none. */
export interface Answer {
  readonly code: number | null;
  readonly document: Readonly<Record<string, unknown>> | null;
  readonly complaint: string | null;
}

type Form = 'value' | 'flag' | 'list' | 'choices' | 'environment' | 'apply';

const PLAN: Readonly<Record<string, Form>> = {
  env: 'environment',
  start: 'value',
  end: 'value',
  execution_time: 'value',
  restate_models: 'list',
  forward_only: 'flag',
  effective_from: 'value',
  enable_preview: 'flag',
  allow_destructive_models: 'list',
  allow_additive_models: 'list',
  include_unmodified: 'flag',
  skip_tests: 'flag',
  select_models: 'list',
  backfill_models: 'list',
  skip_backfill: 'flag',
  empty_backfill: 'flag',
  no_gaps: 'flag',
  create_from: 'value',
  choices: 'choices',
  apply: 'apply',
};
const FORMS: Readonly<Record<Step['command'], Readonly<Record<string, Form>>>> = {
  plan: PLAN,
  run: {
    env: 'environment',
    start: 'value',
    end: 'value',
    execution_time: 'value',
    ignore_cron: 'flag',
    select_models: 'list',
  },
  test: {},
  audit: { start: 'value', end: 'value', execution_time: 'value', models: 'list' },
};
const FLAGS: Readonly<Record<string, string>> = {
  restate_models: '--restate-model',
  select_models: '--select-model',
  backfill_models: '--backfill-model',
  allow_destructive_models: '--allow-destructive-model',
  allow_additive_models: '--allow-additive-model',
  models: '--model',
};

/** `teal ARGS` of a step; an option that is not known makes the case unreadable. */
export function argumentsOf({
  command,
  options,
  number,
}: Pick<Step, 'command' | 'options' | 'number'>): string[] {
  const args: string[] = [command];
  if (command === 'plan') {
    args.push(...(options['env'] === undefined ? [] : [String(options['env'])]), '--no-prompts');
    if (options['apply'] !== false) args.push('--auto-apply');
  }
  if (command === 'run' && options['env'] !== undefined) args.push(String(options['env']));
  for (const [name, value] of Object.entries(options)) {
    const form = FORMS[command][name];
    if (!form) throw new UnreadableCase(`step ${number}: ${command} has no option ${name} here`);
    args.push(...written(name, form, value));
  }
  return args;
}

function written(name: string, form: Form, value: unknown): string[] {
  const flag = FLAGS[name] ?? `--${name.replaceAll('_', '-')}`;
  if (form === 'environment' || form === 'apply' || value === null) return [];
  if (form === 'flag') return value === true ? [flag] : [];
  if (form === 'choices')
    return Object.entries(value as Options).flatMap(([model, category]) => [
      '--choice',
      `${model}=${category}`,
    ]);
  const values = form === 'list' && Array.isArray(value) ? value : [value];
  return values.flatMap((one) => [flag, String(one)]);
}

/** Runs `teal -p PROJECT ARGS --json`, each time as a process of its own, from a folder that is not the project. */
export async function callTeal(project: string, args: readonly string[]): Promise<Answer> {
  return answerOf(await runTeal(project, [...args, '--json']));
}

/** Runs `teal -p PROJECT ARGS` to its end. */
export function runTeal(project: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, '-p', project, ...args], {
    cwd: join(project, '..'),
    env: { ...process.env, TEAL_STATE_DIR: join(project, '../state'), NO_COLOR: '1', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  return new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(limit);
      ended({ code, ...said });
    });
  });
}

/** Reads what a command printed on its standard output as its one document. */
export function answerOf({ code, out, err }: Ended): Answer {
  const stderr = err.trim().split('\n').slice(-3).join(' | ').slice(0, 400);
  const ended = code === null ? `ended after ${LIMIT_MS / 1000} s` : `exit code ${code}`;
  try {
    const document: unknown = JSON.parse(out);
    if (!isRecord(document)) throw new SyntaxError('no object');
    const problem = isRecord(document['error']) ? document['error'] : undefined;
    const complaint =
      problem && document['ok'] === undefined ? `error ${problem['code']}: ${problem['message']}` : null;
    return { code, document, complaint };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { code, document: null, complaint: `no JSON document (${ended}): ${stderr || out.slice(0, 200)}` };
  }
}
