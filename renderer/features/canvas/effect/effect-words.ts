import type { ChangeClass, NodeView } from '../../../../shared/protocol/views/project';
import { countOf, formatSeconds } from '../../../ui/format';
import type { Affected } from './affected';
import { type Effect, isDirect } from './effect';

const CHANGES: Readonly<Record<ChangeClass, string>> = {
  added: 'new',
  removed: 'removed',
  breaking: 'breaking',
  non_breaking: 'non-breaking',
  indirect_breaking: 'breaking upstream',
  indirect_non_breaking: 'non-breaking upstream',
  metadata: 'metadata only',
};

export function changeWords(change: ChangeClass): string {
  return CHANGES[change];
}

/** `Affected: 59 of 90 days`, the tag over a node. */
export function effectTag(effect: Effect, node: NodeView): string {
  const lead = effect.change === 'added' ? 'New' : isDirect(effect) ? 'Changed' : 'Affected';
  if (!effect.isMeasured) return lead;
  return `${lead}: ${node.kind === 'VIEW' ? 'view' : scopeWords(effect)}`;
}

/** `59 of 90 days`, or `whole table`; a version that another environment has is taken over as it is. */
function scopeWords({ days, ofDays, spans }: Effect): string {
  if (spans.length === 0) return 'filled already';
  if (days === null || ofDays === null) return 'whole table';
  return days === ofDays ? `all ${countOf(days, 'day')}` : `${days} of ${countOf(ofDays, 'day')}`;
}

/** The sum of it in two parts, the first to be read first: `4 models affected` and `59 of 90 days, about 3 s to fill`. */
export function effectSummary({ effects, seconds, isFirst }: Affected): { lead: string; rest: string } {
  const all = [...effects.values()];
  const indirect = all.filter((effect) => !isDirect(effect)).length;
  const models = countOf(indirect > 0 ? indirect : all.length, 'model');
  const isNew = all.every(({ change }) => change === 'added');
  const word = isFirst ? 'to fill' : indirect > 0 ? 'affected' : isNew ? 'added' : 'changed';
  const widest = all.reduce<Effect | undefined>(
    (most, effect) => ((effect.days ?? -1) > (most?.days ?? -1) ? effect : most),
    undefined,
  );
  const scope = widest?.isMeasured ? scopeWords(widest) : '';
  const isFilled = widest?.isMeasured === true && all.every(({ spans }) => spans.length === 0);
  const time =
    seconds === null || isFilled ? '' : `about ${roughSeconds(seconds)}${isFirst ? '' : ' to fill'}`;
  return { lead: `${models} ${word}`, rest: [scope, time].filter(Boolean).join(', ') };
}

/** `Save and plan backfill of 5 models`: all that the press will do. */
export function planLabel({ effects, isFirst }: Affected, unsaved: number): string {
  const models = countOf(effects.size, 'model');
  const plan = isFirst ? `fill ${models}` : `plan backfill of ${models}`;
  if (unsaved === 0) return plan.charAt(0).toUpperCase() + plan.slice(1);
  return `${unsaved === 1 ? 'Save' : `Save ${unsaved} files`} and ${plan}`;
}

function roughSeconds(seconds: number): string {
  if (seconds >= 10) return formatSeconds(seconds);
  return seconds < 1 ? '1 s' : `${Math.round(seconds)} s`;
}
