// The runner from the outside: `npm run compat` on folders of cases, with the real command line behind it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildTeal, createFolder, ROOT, writeFiles } from '../cli/teal';
import { readDeviations, ruleNames } from './rules/apply-rules';
import { answerOf, argumentsOf } from './runner/command-line';
import { findCases, readCase, UnreadableCase } from './runner/format';
import { stepText, sumOf, sumText } from './runner/report';

const MINUTES = 60_000;
const CASES = join(import.meta.dirname, 'cases');

beforeAll(() => buildTeal(), 5 * MINUTES);

function compat(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const script = join(ROOT, 'test/compat/compat.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  return { code: status, out: stdout, err: stderr };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** A case of one step, of which nothing is recorded but what is given. */
function smallCase(steps: string): string {
  const dir = createFolder();
  writeFiles(join(dir, 'small'), {
    'project/config.yaml':
      'gateways:\n  local:\n    connection: {type: duckdb}\nmodel_defaults:\n  dialect: duckdb\n  start: 2024-01-01\n',
    'project/models/one.sql': 'MODEL (name mart.one, kind FULL);\n\nSELECT 1::INT AS n\n',
    'steps.yaml': steps,
  });
  return dir;
}

describe('a folder of cases', () => {
  it('without a case, that is no folder, or with a case that is none, fails', () => {
    const empty = createFolder();
    for (const args of [[empty], [join(empty, 'nowhere')], [CASES, 'no-such-case']]) {
      const { code, out } = compat(...args);
      expect(code).toBe(1);
      expect(lastLine(out)).toBe('0 passed, 1 failed');
    }
    expect(compat().code).toBe(2);
  });

  it.each([
    ['no YAML at all', 'steps: [', /no YAML/],
    ['no step', 'steps: []', /holds no step/],
    [
      'a step without a command',
      'steps: [{name: a, expect: {ok: true, relations: {}, tables: {}}}]',
      /must have one command/,
    ],
    ['a step that expects nothing', 'steps: [{name: a, plan: {}}]', /nothing of what is expected/],
    [
      'an unknown word',
      'steps: [{name: a, test: {}, wait: 3, expect: {ok: true, relations: {}, tables: {}}}]',
      /not known: wait/,
    ],
    [
      'an unknown option',
      'steps: [{name: a, plan: {speed: 3}, expect: {ok: true, relations: {}, tables: {}}}]',
      /no option speed/,
    ],
    [
      'rows that are not there',
      'steps: [{name: a, test: {}, expect: {ok: true, relations: {a.b: A}, tables: {a.b: x.parquet}}}]',
      /lacks x.parquet/,
    ],
  ])('%s is a failure with its reason', (_, steps, reason) => {
    const { code, out } = compat(smallCase(steps));
    expect(out).toMatch(reason);
    expect([code, lastLine(out)]).toEqual([1, '0 passed, 1 failed']);
  });

  it('are all those with steps, or those named', () => {
    expect(findCases(CASES, [])).toEqual(readdirSync(CASES).sort());
    expect(findCases(CASES, ['b', 'a'])).toEqual(['b', 'a']);
    expect(findCases(join(CASES, 'meter-daily'), [])).toEqual(['.']);
    expect(() => readCase(join(CASES, 'nothing'), 'nothing')).toThrow(UnreadableCase);
  });

  it('of the ten here nothing is unknown', () => {
    for (const name of findCases(CASES, []))
      for (const { unknown } of readCase(join(CASES, name), name).steps) expect(unknown).toEqual([]);
  });
});

describe('a case through the real command line', () => {
  it(
    'is judged key by key, and what is wrong is shown with both values',
    () => {
      const dir = createFolder();
      cpSync(join(CASES, 'meter-daily'), join(dir, 'meter'), { recursive: true });
      const file = join(dir, 'meter/steps.yaml');
      const text = readFileSync(file, 'utf8').replace(
        'expected/1/energy.peaks.parquet',
        'expected/1/energy.readings.parquet',
      );
      writeFileSync(file, text.replace('relations:', 'weather: fine\n      relations:'));
      mkdirSync(join(dir, 'kept'));
      const { code, out } = compat(dir, 'meter', '--json', '--keep', join(dir, 'kept'));
      const { passed, failed, cases } = JSON.parse(out);
      expect(code).toBe(1);
      expect(passed + failed).toBe(6);
      const [first] = cases[0].steps;
      const verdicts = Object.fromEntries(
        first.verdicts.map((one: { key: string; differences: string[] }) => [one.key, one.differences]),
      );
      expect(Object.keys(verdicts)).toEqual(
        expect.arrayContaining([
          'plan',
          'ok',
          'executed',
          'tests',
          'audits',
          'failure',
          'intervals',
          'relations',
          'tables',
        ]),
      );
      expect(verdicts['weather']).toEqual(['not judged: weather']);
      expect(verdicts['tables'].join('\n')).toMatch(/^energy\.peaks: /);
      expect(verdicts['relations']).toEqual([]);
      expect(readdirSync(join(dir, 'kept/meter'))).toEqual(['1', '2', '3', '4', '5', '6']);
      expect(readdirSync(join(dir, 'kept/meter/6'))).toContain('.teal');
    },
    2 * MINUTES,
  );

  it(
    'ends with the sum of its steps, a line for each key',
    () => {
      const { out } = compat(
        smallCase(
          "steps: [{name: tests, test: {}, expect: {ok: true, intervals: {}, relations: {'mart.nothing': A}, tables: {}}}]",
        ),
      );
      expect(out).toMatch(/^small step 1: FAILED: tests\n {2}teal test\n/);
      expect(out).toMatch(/\n {2}relations {2}missing mart\.nothing\n/);
      expect(out).toMatch(/not judged: no rows of mart\.nothing were recorded/);
      expect(lastLine(out)).toBe('0 passed, 1 failed');
    },
    MINUTES,
  );
});

describe('a step as a command line', () => {
  it('names every option as the command line does', () => {
    const options = {
      env: 'dev',
      start: '2024-01-01',
      execution_time: '2024-01-05 00:00:00',
      restate_models: ['a.b+', 'tag:x'],
      forward_only: true,
      skip_tests: false,
      allow_destructive_models: ['a.b'],
      choices: { 'a.b': 'BREAKING' },
    };
    expect(argumentsOf({ command: 'plan', options, number: 1 })).toEqual([
      ...['plan', 'dev', '--no-prompts', '--auto-apply', '--start', '2024-01-01'],
      ...['--execution-time', '2024-01-05 00:00:00', '--restate-model', 'a.b+', '--restate-model', 'tag:x'],
      ...['--forward-only', '--allow-destructive-model', 'a.b', '--choice', 'a.b=BREAKING'],
    ]);
    expect(argumentsOf({ command: 'plan', options: { apply: false }, number: 1 })).toEqual([
      'plan',
      '--no-prompts',
    ]);
    expect(
      argumentsOf({
        command: 'run',
        options: { env: 'prod', ignore_cron: true, select_models: ['a.b'] },
        number: 1,
      }),
    ).toEqual(['run', 'prod', '--ignore-cron', '--select-model', 'a.b']);
    expect(argumentsOf({ command: 'audit', options: { start: '2024-01-01' }, number: 1 })).toEqual([
      'audit',
      '--start',
      '2024-01-01',
    ]);
    expect(argumentsOf({ command: 'test', options: {}, number: 1 })).toEqual(['test']);
  });

  it('that prints no document, or only an error, says so', () => {
    expect(answerOf({ code: 4, out: '', err: 'boom\n' })).toEqual({
      code: 4,
      document: null,
      complaint: 'no JSON document (exit code 4): boom',
    });
    const refused = answerOf({
      code: 2,
      out: '{"error": {"code": "usage.invalid", "message": "no"}}',
      err: '',
    });
    expect(refused.complaint).toBe('error usage.invalid: no');
    expect(answerOf({ code: 1, out: '{"ok": false}', err: '' }).complaint).toBeNull();
  });
});

describe('a report', () => {
  const step = { number: 2, name: 'later', command: 'teal run', seconds: 1 };
  const good = { ...step, passed: true, verdicts: [{ key: 'ok', differences: [], rules: ['failed-audit'] }] };
  const bad = {
    ...step,
    passed: false,
    verdicts: [{ key: 'plan', differences: ['one', 'two'], rules: ['merge-works'] }],
  };

  it('names the rules that set what was expected', () => {
    expect(stepText('case', good)).toBe(
      'case step 2: passed: later\n  teal run\n  ok         equal [failed-audit]',
    );
    expect(stepText('case', bad)).toBe(
      'case step 2: FAILED: later\n  teal run\n  plan       one [merge-works]\n             two',
    );
  });

  it('counts steps, and a case that broke off once more', () => {
    const ran = { name: 'a', unreadable: null, steps: [good, bad] };
    expect(sumText(sumOf([ran]))).toBe('1 passed, 1 failed');
    expect(sumOf([{ ...ran, unreadable: 'boom' }])).toEqual({ passed: 1, failed: 2 });
    expect(sumOf([])).toEqual({ passed: 0, failed: 1 });
    expect(sumOf([{ name: 'a', unreadable: null, steps: [] }])).toEqual({ passed: 0, failed: 1 });
  });
});

describe('the declared deviations', () => {
  it('are the rules that there are, each with its situation, reason and what is given instead', () => {
    const declared = readDeviations();
    expect(declared.map(({ name }) => name).sort()).toEqual([...ruleNames].sort());
    for (const { situation, reason, instead } of declared)
      for (const text of [situation, reason, instead]) expect(text.length).toBeGreaterThan(30);
  });

  it('name no case', () => {
    const text = readFileSync(join(import.meta.dirname, 'deviations.yaml'), 'utf8');
    for (const name of readdirSync(CASES)) expect(text).not.toContain(name);
    const sources = readdirSync(join(import.meta.dirname, 'rules')).map((file) =>
      join(import.meta.dirname, 'rules', file),
    );
    for (const file of sources)
      for (const name of readdirSync(CASES)) expect(readFileSync(file, 'utf8')).not.toContain(name);
  });
});
