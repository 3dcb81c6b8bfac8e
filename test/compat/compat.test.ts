import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildTeal } from '../cli/teal';
import { readDeviations } from './rules/apply-rules';
import { readCase } from './runner/format';
import { runNamed } from './runner/main';
import type { CaseResult } from './runner/report';

const MINUTES = 60_000;
const CASES = join(import.meta.dirname, 'cases');
const names = readdirSync(CASES).sort();

beforeAll(() => buildTeal(), 5 * MINUTES);

it('there are cases', () => expect(names.length).toBeGreaterThanOrEqual(10));

describe.each(names)('%s gives what SQLMesh gave', (name) => {
  const { steps } = readCase(join(CASES, name), name);
  let result: CaseResult | undefined;

  beforeAll(async () => {
    result = await runNamed(join(CASES, name), { deviations: readDeviations() }, () => undefined);
  }, 5 * MINUTES);

  it('can be run to its end', () => {
    expect(result?.unreadable).toBeNull();
    expect(result?.steps).toHaveLength(steps.length);
  });

  it.each(steps.map((step) => [step.number, step.name] as const))('step %i: %s', (number) => {
    const step = result?.steps.find((one) => one.number === number);
    const found = step?.verdicts.flatMap(({ key, differences }) =>
      differences.map((line) => `${key} ${line}`),
    );
    expect(found).toEqual([]);
    expect(step?.passed).toBe(true);
  });
});
