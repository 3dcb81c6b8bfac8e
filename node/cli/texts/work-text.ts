import type { Problem } from '../../../shared/base/errors';
import type { PlanDifferences, PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { moment, plural, problemText, seconds, table } from '../text';

type PlannedView = PlanView['models'][number];

/** A plan as a person reads it: what differs, what is computed, and what to look at first. */
export function planText(plan: PlanView, differences: PlanDifferences | null = null): string {
  const looks = plan.checks
    .filter((check) => check.status !== 'pass')
    .map((check) => `${check.status === 'fail' ? 'Failed' : 'Look'}: ${check.label}: ${check.detail}`);
  if (plan.empty)
    return [`Nothing differs and nothing is missing in ${plan.environment}.`, ...looks].join('\n');
  const estimate = plan.estimate.seconds === null ? '' : `, about ${seconds(plan.estimate.seconds)}`;
  const rows = plan.models.map((model) => [
    model.model,
    model.change ?? '',
    model.batches > 0 ? computes(model) : 'nothing',
    model.batches,
    model.table ?? '',
  ]);
  return [
    `Plan ${plan.id} of ${plan.environment}: ${plural(plan.models.length, 'model')}, ${plural(plan.totalBatches, 'batch')}${estimate}`,
    ...decisionLines(plan),
    ...(differences ? differenceLines(differences) : []),
    table(['model', 'change', 'computes', 'batches', 'writes'], rows),
    ...plan.models
      .filter((model) => model.older.length > 0)
      .map((model) => `${model.model} keeps older logic in ${spans(model.older)}`),
    ...looks,
  ].join('\n');
}

/** What the plan takes every change for, and why. */
function decisionLines({ decision, reasons }: PlanView): string[] {
  const { removed, directlyModified, indirectlyModified, metadataUpdated, forwardOnly, notRestated } =
    decision;
  const changed = Object.entries({ ...directlyModified, ...indirectlyModified, ...metadataUpdated });
  const lines = changed.map(([model, category]) => {
    const later = forwardOnly.includes(model) ? ', forward-only' : '';
    const reason = reasons[model];
    const word = category?.toLowerCase().replaceAll('_', ' ') ?? 'no category yet';
    return `${model}: ${word}${later}${reason ? `. ${reason}` : ''}`;
  });
  return [
    ...lines,
    ...(removed.length > 0 ? [`Taken away: ${removed.join(', ')}`] : []),
    ...Object.entries(notRestated).map(([model, why]) => `Not computed again: ${model}, since ${why}`),
  ];
}

const MARKS = { same: ' ', old: '-', new: '+', gap: '…' } as const;

function differenceLines({ models }: PlanDifferences): string[] {
  return models
    .filter(({ lines }) => lines.length > 0)
    .map(({ model, lines }) =>
      [`\n${model}`, ...lines.map(({ mark, text }) => `  ${MARKS[mark]} ${text}`), ''].join('\n'),
    );
}

function computes(model: PlannedView): string {
  return model.whole ? 'whole table' : spans(model.spans);
}

function spans(list: PlannedView['spans']): string {
  return list.map((span) => `${moment(span.from)} to ${moment(span.to)}`).join(', ');
}

/** What failed in a run, model by model, and what was kept. */
export function failedText(run: RunStatus): string {
  const lines = run.failures.map(
    ({ model, label, problem }) => `${model}${label ? `, ${label}` : ''}\n${problemText(problem as Problem)}`,
  );
  if (run.problem) lines.push(problemText(run.problem as Problem));
  const skipped =
    run.skipped.length > 0 ? [`Left out, since they read what failed: ${run.skipped.join(', ')}`] : [];
  return [`${run.title} failed in ${run.environment}.`, ...lines, ...skipped].join('\n');
}
