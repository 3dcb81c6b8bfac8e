// What a run of cases found, as lines for a person and as one document.
import { show } from './differences';
import type { StepResult } from './run-case';

export interface CaseResult {
  readonly name: string;
  /** why the case could not be run to its end; null where it was */
  readonly unreadable: string | null;
  readonly steps: readonly StepResult[];
}

export interface Sum {
  readonly passed: number;
  readonly failed: number;
}

const MOST = 12;

/** Steps are counted; a case that can't be run, and a run without any step, are one failure each. */
export function sumOf(cases: readonly CaseResult[]): Sum {
  const steps = cases.flatMap((one) => one.steps);
  const unreadable = cases.filter((one) => one.unreadable !== null).length;
  const failed = steps.filter(({ passed }) => !passed).length + unreadable;
  const passed = steps.length - steps.filter(({ passed: ok }) => !ok).length;
  return { passed, failed: passed + failed === 0 ? 1 : failed };
}

/** A step with a line for each key, or more where several things differ. */
export function stepText(
  name: string,
  { number, name: title, command, verdicts, passed }: StepResult,
): string {
  const head = `${name} step ${number}: ${passed ? 'passed' : 'FAILED'}: ${title}\n  ${command}`;
  return [head, ...verdicts.flatMap(verdictLines)].join('\n');
}

function verdictLines({ key, differences, rules }: StepResult['verdicts'][number]): string[] {
  const why = rules.length > 0 ? ` [${rules.join(', ')}]` : '';
  const head = `  ${key.padEnd(10)} `;
  if (differences.length === 0) return [`${head}equal${why}`];
  const shown = differences
    .slice(0, MOST)
    .map((line, index) => `${index === 0 ? head : ' '.repeat(head.length)}${line}`);
  const more =
    differences.length > MOST ? [`${' '.repeat(head.length)}and ${differences.length - MOST} more`] : [];
  return [`${shown[0] ?? head}${why}`, ...shown.slice(1), ...more];
}

export function unreadableText({ name, unreadable }: CaseResult): string {
  return `${name}: FAILED: ${show(unreadable)}`;
}

export function sumText({ passed, failed }: Sum): string {
  return `${passed} passed, ${failed} failed`;
}
