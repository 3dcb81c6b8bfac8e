import type { ModelDetail } from '../../../../shared/protocol/views/project';
import type { AuditResultView } from '../../../../shared/protocol/views/quality';
import { countOf, formatAgo, formatCount } from '../../../ui/format';
import type { Status } from '../../../ui/status-mark';

type Call = ModelDetail['audits'][number];

/** An audit that a model asks for, with what came of it, newest first. */
export interface AuditLine {
  readonly call: Call;
  readonly results: readonly AuditResultView[];
}

/** Results belong to the call with their arguments; a call whose name is unique takes all of that name. */
export function auditLines(
  calls: readonly Call[],
  results: readonly AuditResultView[],
): readonly AuditLine[] {
  return calls.map((call) => {
    const named = results.filter(({ audit }) => audit === call.name);
    const isOnly = calls.filter(({ name }) => name === call.name).length === 1;
    const own = plainText(call.arguments);
    return { call, results: isOnly ? named : named.filter(({ args }) => argumentsText(args) === own) };
  });
}

function argumentsText(args: Readonly<Record<string, string>>): string {
  return plainText(
    Object.entries(args)
      .map(([name, value]) => `${name} := ${value}`)
      .join(', '),
  );
}

/** Without what SQLMesh writes otherwise: case, space and brackets. */
function plainText(text: string): string {
  return text.toLowerCase().replace(/[\s()[\]]/g, '');
}

export function statusOf(result: AuditResultView | undefined): Status | undefined {
  if (!result || result.skipped) return undefined;
  if (result.failedRows === 0) return 'pass';
  return result.blocking ? 'fail' : 'look';
}

/** `12 rows failed in 2 of 59 batches`, `passed in 59 batches`. */
export function resultWords(result: AuditResultView): string {
  const { skipped, failedRows, failedBatches, batches } = result;
  if (skipped) return 'is marked to be skipped';
  if (failedRows === 0) return batches === 1 ? 'passed' : `passed in ${formatCount(batches)} batches`;
  const rows = `${countOf(failedRows, 'row')} failed`;
  if (batches === 1) return rows;
  return `${rows} in ${formatCount(failedBatches)} of ${formatCount(batches)} batches`;
}

/** What a failure means for a fill. */
export function blockingWords({ blocking, standsAlone }: Pick<Call, 'blocking' | 'standsAlone'>): string {
  if (standsAlone) return 'Stands alone, stops nothing';
  return blocking ? 'Stops the fill' : 'Is noted, the fill goes on';
}

/** `3 audits, 1 failed 2 min ago`. */
export function auditSummary(lines: readonly AuditLine[], now: number = Date.now()): string {
  const count = countOf(lines.length, 'audit');
  const last = lines.flatMap(({ results }) => results.slice(0, 1));
  const newest = last
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  if (newest === undefined) return `${count}, not run yet`;
  const failed = last.filter(({ failedRows }) => failedRows > 0).length;
  return `${count}, ${failed === 0 ? 'all passed' : `${formatCount(failed)} failed`}, last run ${formatAgo(newest, now)}`;
}
