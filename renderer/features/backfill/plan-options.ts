import type { CommandInput } from '../../../shared/protocol/table';
import type { Planning } from '../../store/choices/planning';
import { isMomentText, spanProblem } from '../../ui/span-problem';

type PlanInput = CommandInput<'plan.build'>;
export type Category = NonNullable<PlanInput['choices']>[string];

/** What somebody sets for a plan beside its environment; texts as they are typed, empty where nothing is asked for. */
export interface PlanOptions {
  readonly start: string;
  readonly end: string;
  /** selections of models, parted by commas */
  readonly restate: string;
  readonly forwardOnly: boolean;
  readonly effectiveFrom: string;
  readonly includeUnmodified: boolean;
  readonly skipTests: boolean;
  readonly choices: Readonly<Record<string, Category>>;
}

export type OptionField = 'start' | 'end' | 'effectiveFrom';

export function firstOptions(planning: Planning): PlanOptions {
  return {
    start: planning.start ?? '',
    end: planning.end ?? '',
    restate: planning.restate ?? '',
    forwardOnly: false,
    effectiveFrom: '',
    includeUnmodified: planning.includeUnmodified ?? false,
    skipTests: false,
    choices: {},
  };
}

/** `mart.sales+, tag:finance` as single selections. */
export function selectionsOf(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** What is wrong with what was typed, and in which field; undefined where a plan can be asked for. */
export function optionsProblem(
  options: PlanOptions,
): { readonly field: OptionField; readonly text: string } | undefined {
  const ofSpan = spanProblem(options);
  if (ofSpan) return ofSpan;
  const { forwardOnly, effectiveFrom } = options;
  if (!forwardOnly || effectiveFrom === '' || isMomentText(effectiveFrom)) return undefined;
  return { field: 'effectiveFrom', text: 'A date, as 2025-02-01' };
}

/** prod is filled from each model's own start; a span is for other environments, and for computing again. */
export function takesSpan({ environment }: Planning, { restate }: PlanOptions): boolean {
  return environment !== 'prod' || selectionsOf(restate).length > 0;
}

/** The request for a plan; what is not set is left out, so that the planner's own defaults hold. */
export function planInput(
  planning: Planning,
  options: PlanOptions,
  alternative: string | undefined,
): PlanInput {
  const { environment, models, brief, createFrom } = planning;
  const restate = selectionsOf(options.restate);
  const span = takesSpan(planning, options) ? { start: options.start, end: options.end } : {};
  const given = {
    models: models && [...models],
    brief,
    createFrom,
    alternative,
    ...span,
    restate: restate.length > 0 ? restate : undefined,
    forwardOnly: options.forwardOnly || undefined,
    effectiveFrom: options.forwardOnly ? options.effectiveFrom : '',
    includeUnmodified: options.includeUnmodified || undefined,
    choices: Object.keys(options.choices).length > 0 ? { ...options.choices } : undefined,
  };
  const present = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { environment, ...Object.fromEntries(present) };
}

/** The same on the command line; a plan of some models or by an alternative has no line of its own. */
export function planLine(planning: Planning, options: PlanOptions): string {
  if (planning.brief !== undefined) return `teal backfill ${planning.brief}`;
  const { environment, models, createFrom } = planning;
  const { start, end, forwardOnly, effectiveFrom, includeUnmodified, skipTests, choices } = options;
  const hasSpan = takesSpan(planning, options);
  const restate = selectionsOf(options.restate);
  const chosen = Object.entries(choices).map(([model, category]) => `${model}=${category}`);
  const parts = [
    `teal plan ${environment}`,
    createFrom === undefined ? '' : `--create-from ${createFrom}`,
    models && models.length > 0 ? `--select-model ${models.join(' ')}` : '',
    restate.length > 0 ? `--restate-model ${restate.map(quoted).join(' ')}` : '',
    hasSpan && start !== '' ? `--start ${quoted(start)}` : '',
    hasSpan && end !== '' ? `--end ${quoted(end)}` : '',
    forwardOnly ? '--forward-only' : '',
    forwardOnly && effectiveFrom !== '' ? `--effective-from ${quoted(effectiveFrom)}` : '',
    includeUnmodified ? '--include-unmodified' : '',
    skipTests ? '--skip-tests' : '',
    chosen.length > 0 ? `--choice ${chosen.join(' ')}` : '',
    '--auto-apply',
  ];
  return parts.filter(Boolean).join(' ');
}

/** What is set, in a few words; empty where nothing is. */
export function optionsWords(planning: Planning, options: PlanOptions): string {
  const { start, end, forwardOnly, effectiveFrom, includeUnmodified, skipTests } = options;
  const hasSpan = takesSpan(planning, options) && (start !== '' || end !== '');
  const words = [
    selectionsOf(options.restate).length > 0 ? 'computes again' : '',
    hasSpan ? `${start || 'the start'} to ${end || 'now'}` : '',
    forwardOnly ? `forward only${isMomentText(effectiveFrom) ? ` from ${effectiveFrom}` : ''}` : '',
    includeUnmodified ? 'views of all models' : '',
    skipTests ? 'no unit tests' : '',
  ];
  return words.filter(Boolean).join(', ');
}

function quoted(text: string): string {
  return /^[\w:@.+-]+$/.test(text) ? text : `"${text}"`;
}
