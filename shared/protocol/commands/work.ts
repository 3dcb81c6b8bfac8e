import * as z from 'zod/mini';
import { command } from '../command';
import { briefView, category, planDifferences, planView, runStatus } from '../views/backfill';
import { pageRequest } from '../views/common';
import { comparison, diffPage, rowKind } from '../views/compare';
import { historyDetail, historyEntry } from '../views/history';
import { releaseList, releaseResult, rollbackPreview, swapPreview } from '../views/release';

const run = z.object({ run: z.string() });
const environment = z.object({ environment: z.string() });

const planRequest = z.object({
  /** `prod` plans the project as it stands; with a brief, its environment */
  environment: z.optional(z.string()),
  brief: z.optional(z.string()),
  models: z.optional(z.array(z.string())),
  downstream: z.optional(z.boolean()),
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  /** selections of models that are computed again; a plan with them looks at no file */
  restate: z.optional(z.array(z.string())),
  executionTime: z.optional(z.string()),
  backfillModels: z.optional(z.array(z.string())),
  forwardOnly: z.optional(z.boolean()),
  effectiveFrom: z.optional(z.string()),
  enablePreview: z.optional(z.boolean()),
  allowDestructive: z.optional(z.array(z.string())),
  allowAdditive: z.optional(z.array(z.string())),
  includeUnmodified: z.optional(z.boolean()),
  skipTests: z.optional(z.boolean()),
  /** model -> category that the user chooses instead of the automatic one */
  choices: z.optional(z.record(z.string(), category)),
  noAutoCategorization: z.optional(z.boolean()),
  createFrom: z.optional(z.string()),
  skipBackfill: z.optional(z.boolean()),
  emptyBackfill: z.optional(z.boolean()),
  ignoreCron: z.optional(z.boolean()),
  /** ticks of its cron that each model is to cover at the least, whatever `start` is */
  minIntervals: z.optional(z.int().check(z.nonnegative())),
  /** computes what has become due since, as a run would */
  run: z.optional(z.boolean()),
  /** which alternative of the plan to take: full, scope, last or forward */
  alternative: z.optional(z.string()),
});

/** Plan, backfill, compare, swap, roll back, and the record of all that. */
export const workCommands = {
  'plan.briefs': command({
    title: 'Backfill files',
    input: z.object({}),
    output: z.object({ briefs: z.array(briefView) }),
    risk: 'look',
    undo: 'none',
  }),
  'plan.build': command({
    title: 'Plan a backfill',
    input: planRequest,
    output: planView,
    risk: 'look',
    undo: 'none',
    line: 'teal plan ENVIRONMENT',
  }),
  'plan.differences': command({
    title: 'What differs in the texts of the changed models',
    /** of the plan with this id; `rendered`: with macros expanded */
    input: z.object({ plan: z.string(), rendered: z.optional(z.boolean()) }),
    output: planDifferences,
    risk: 'look',
    undo: 'none',
    line: 'teal plan ENVIRONMENT',
  }),
  'backfill.start': command({
    title: 'Start the backfill',
    /** runs exactly the plan with this id; a plan of prod moves prod at its end, others stop before the swap */
    input: z.object({
      plan: z.string(),
      wait: z.optional(z.boolean()),
      /** a run that fails is given with its failures, and is no error */
      report: z.optional(z.boolean()),
    }),
    output: runStatus,
    risk: 'shadow',
    undo: 'delete the environment',
    line: 'teal backfill backfills/NAME.yaml',
  }),
  'backfill.pause': command({
    title: 'Pause the backfill',
    input: run,
    output: runStatus,
    risk: 'shadow',
    undo: 'resume',
  }),
  'backfill.resume': command({
    title: 'Resume the backfill',
    input: z.object({ run: z.string(), wait: z.optional(z.boolean()) }),
    output: runStatus,
    risk: 'shadow',
    undo: 'pause',
    line: 'teal backfill --resume',
  }),
  'backfill.stop': command({
    title: 'Stop the backfill, keep what is filled',
    input: run,
    output: runStatus,
    risk: 'shadow',
    undo: 'resume',
  }),
  'backfill.status': command({
    title: 'How far a backfill is',
    input: z.object({ run: z.optional(z.string()) }),
    output: z.object({ run: z.nullable(runStatus) }),
    risk: 'look',
    undo: 'none',
  }),
  'run.execute': command({
    title: 'Run what is due',
    input: z.object({
      environment: z.optional(z.string()),
      executionTime: z.optional(z.string()),
      start: z.optional(z.string()),
      end: z.optional(z.string()),
      select: z.optional(z.array(z.string())),
      noAutoUpstream: z.optional(z.boolean()),
      ignoreCron: z.optional(z.boolean()),
    }),
    /** null: nothing was due; a run that fails is given with its failures */
    output: z.object({ run: z.nullable(runStatus) }),
    risk: 'live',
    undo: 'roll back to the release before',
    line: 'teal run',
  }),
  'compare.run': command({
    title: 'Compare two environments',
    /** `old` and `new` name environments, releases (`release 3`) or files */
    input: z.object({
      old: z.string(),
      new: z.string(),
      models: z.optional(z.array(z.string())),
      key: z.optional(z.array(z.string())),
      fresh: z.optional(z.boolean()),
    }),
    output: comparison,
    risk: 'look',
    undo: 'none',
    line: 'teal compare prod ENVIRONMENT',
  }),
  'compare.rows': command({
    title: 'Rows that differ',
    input: z.object({
      comparison: z.string(),
      model: z.string(),
      kinds: z.optional(z.array(rowKind)),
      column: z.optional(z.string()),
      from: z.optional(z.string()),
      to: z.optional(z.string()),
      ...pageRequest,
    }),
    output: diffPage,
    risk: 'look',
    undo: 'none',
  }),
  'release.list': command({
    title: 'Releases',
    input: z.object({}),
    output: releaseList,
    risk: 'look',
    undo: 'none',
    line: 'teal releases',
  }),
  'release.preview': command({
    title: 'What a swap would do',
    input: environment,
    output: swapPreview,
    risk: 'look',
    undo: 'none',
  }),
  'release.swap': command({
    title: 'Swap a shadow into prod',
    input: z.object({ environment: z.string(), base: z.optional(z.number()), note: z.optional(z.string()) }),
    output: releaseResult,
    risk: 'live',
    undo: 'roll back to the release before',
    line: 'teal swap ENVIRONMENT',
  }),
  'release.rollbackPreview': command({
    title: 'What a rollback would change',
    input: z.object({ to: z.optional(z.number()) }),
    output: rollbackPreview,
    risk: 'look',
    undo: 'none',
  }),
  'release.rollback': command({
    title: 'Roll prod back',
    input: z.object({ to: z.optional(z.number()), note: z.optional(z.string()) }),
    output: releaseResult,
    risk: 'live',
    undo: 'roll back to the release after',
    line: 'teal rollback',
  }),
  'history.list': command({
    title: 'History',
    input: z.object({ ...pageRequest }),
    output: z.object({ entries: z.array(historyEntry), total: z.number() }),
    risk: 'look',
    undo: 'none',
    line: 'teal log',
  }),
  'history.read': command({
    title: 'One record of the history',
    input: z.object({ id: z.string() }),
    output: historyDetail,
    risk: 'look',
    undo: 'none',
    line: 'teal log ID',
  }),
} as const;
