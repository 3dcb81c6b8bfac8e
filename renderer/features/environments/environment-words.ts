import type { EnvironmentView } from '../../../shared/protocol/views/project';
import type { EnvironmentList } from '../../../shared/protocol/views/verbs';
import { countOf, formatAgo } from '../../ui/format';

export type Listed = EnvironmentList['environments'][number];

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A model of which an environment shows other rows than prod does. */
export interface HeldModel {
  readonly model: string;
  /** prod's version; null where prod has none */
  readonly live: number | null;
  readonly own: number;
  /** its change applies from now on, and the rows here are only tried out */
  readonly isPreview: boolean;
}

/** The models in which an environment differs from prod, by name. */
export function heldModels(environment: Listed, all: readonly Listed[]): readonly HeldModel[] {
  const prod = all.find(({ live }) => live)?.models ?? {};
  return Object.entries(environment.models)
    .flatMap(([model, { version, forwardOnly, doneInDevTable }]): HeldModel[] => {
      const live = prod[model]?.version ?? null;
      if (version === null || version === live) return [];
      return [{ model, live, own: version, isPreview: forwardOnly === true && doneInDevTable !== undefined }];
    })
    .toSorted((a, b) => (a.model < b.model ? -1 : 1));
}

/** `5 models differ from prod, planned 2 h ago`; of prod its models and since when. */
export function holdingWords(
  { live, models, plannedAt }: Listed,
  view: EnvironmentView | undefined,
  now: number = Date.now(),
): string {
  const planned = plannedAt === null ? '' : `planned ${formatAgo(plannedAt, now)}`;
  const count = Object.keys(models).length;
  const held = live
    ? `live, ${countOf(count, 'model')}`
    : view && view.differing > 0
      ? `${countOf(view.differing, 'model')} ${view.differing === 1 ? 'differs' : 'differ'} from prod`
      : 'shows what prod shows';
  return [held, planned].filter(Boolean).join(', ');
}

/** How long it stays: `ends in 6 days`, `pinned`; nothing of prod, which never ends. */
export function keepingWords({ live, pinned, expiresAt }: Listed, now: number = Date.now()): string {
  if (live) return '';
  if (pinned) return 'pinned';
  if (expiresAt === null) return 'stays';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'ends with the next cleaning';
  if (left < DAY) return `ends in ${countOf(Math.max(1, Math.round(left / HOUR)), 'hour')}`;
  return `ends in ${countOf(Math.round(left / DAY), 'day')}`;
}

/** What is wrong with the name of a new environment; undefined where it can be taken. */
export function environmentNameProblem(name: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) return 'Lower-case letters, digits and _ only, a letter first.';
  if (name === 'prod') return 'prod is what readers see; it is there from the first fill on.';
  if (taken.includes(name)) return `${name} is there already.`;
  return undefined;
}

/** A name that is free: `dev`, `dev_2`. */
export function suggestEnvironment(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'dev' : `dev_${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** The same on the command line. */
export function newEnvironmentLine(name: string, isWhole: boolean, from: string): string {
  const flags = [isWhole ? '--include-unmodified' : '', from === 'prod' ? '' : `--create-from ${from}`];
  return ['teal plan', name, ...flags.filter(Boolean), '--auto-apply'].join(' ');
}
