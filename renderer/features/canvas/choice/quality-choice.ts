import { create } from 'zustand';
import type { TestReport } from '../../../../shared/protocol/views/quality';
import type { FailedAudit } from '../../quality/quality';

/** A failed audit, with the node that it is looked at from: one that stands alone is none of a single model. */
interface LookedAt extends FailedAudit {
  readonly node: string;
}

interface QualityChoice {
  /** the audit whose failing rows are looked at */
  readonly failed: LookedAt | null;
  /** what came of unit tests since the window was opened, by file and name */
  readonly tests: Readonly<Record<string, TestReport>>;
}

export const useQualityChoice = create<QualityChoice>(() => ({ failed: null, tests: {} }));

export function lookAtRows(failed: LookedAt | null): void {
  useQualityChoice.setState({ failed });
}

/** Keeps what came of tests, in place of what came of them before. */
export function keepTests(reports: readonly TestReport[]): void {
  useQualityChoice.setState(({ tests }) => ({
    tests: { ...tests, ...Object.fromEntries(reports.map((report) => [testKey(report), report])) },
  }));
}

export function testKey({ file, test }: Pick<TestReport, 'file' | 'test'>): string {
  return `${file}::${test}`;
}
