import type { NodeView } from '../../../../shared/protocol/views/project';
import { countOf, formatAgo, formatCount, formatDay } from '../../../ui/format';
import type { IconName } from '../../../ui/icon';
import type { MarkTone } from '../../../ui/mark';
import type { Effect } from '../effect/effect';
import { effectTag } from '../effect/effect-words';
import { wordsOfKind } from '../kind-words';
import { isOutside, outsideWords, whereText } from '../problem-text';

const MINUTE = 60_000;
/** in minutes */
const HOUR = 60;
const DAY = 24 * HOUR;
const MOST_DAYS = 100;

const STATES: Readonly<Record<NodeView['state'], string>> = {
  none: 'not filled yet',
  live: 'live',
  split: 'live, a shadow waits',
  shadow: 'shadow only',
  failed: 'failed',
};

export function kindIcon(node: NodeView): IconName {
  return node.type === 'source' ? 'raw' : node.kind ? wordsOfKind(node.kind).icon : 'file';
}

export function kindWords(node: NodeView): string {
  return node.type === 'source' ? 'Source' : node.kind ? wordsOfKind(node.kind).title : 'Model';
}

/** What the kind means, and whether changes only apply from then on. */
export function kindMeaning({ kind, forwardOnly }: NodeView): string {
  if (kind === null) return '';
  const onward = forwardOnly ? ' Forward only: a change applies to rows computed from then on.' : '';
  return `${kind}. ${wordsOfKind(kind).meaning}${onward}`;
}

function freshWords({ filledAt }: NodeView): string {
  return filledAt === null ? '' : formatAgo(filledAt);
}

/** The same, short enough to stand beside a count on a node: `5 m ago`, `1 d ago`. */
export function shortFreshWords(node: NodeView, now: number = Date.now()): string {
  if (node.filledAt === null) return '';
  const minutes = Math.floor((now - Date.parse(node.filledAt)) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < HOUR) return `${minutes} m ago`;
  if (minutes < DAY) return `${Math.floor(minutes / HOUR)} h ago`;
  return minutes < MOST_DAYS * DAY ? `${Math.floor(minutes / DAY)} d ago` : formatDay(node.filledAt);
}

export function rowWords({ rows }: NodeView): string {
  return rows === null ? '' : formatCount(rows);
}

export function stateWords(node: NodeView): string {
  if (node.problem) return isOutside(node.problem) ? outsideWords(node) : 'has a problem';
  if (node.type === 'source')
    return node.quarantined > 0 ? `${formatCount(node.quarantined)} quarantined` : 'read';
  return STATES[node.state];
}

/** The state of a node by mark; what an edit touches stands before what is live. */
export function markOf(node: NodeView, effect: Effect | undefined): MarkTone {
  if (node.problem && isOutside(node.problem)) return 'amber';
  if (node.problem || node.state === 'failed') return 'red';
  if (effect) return 'amber';
  if (node.type === 'source') return node.quarantined > 0 ? 'amber' : 'none';
  if (node.state === 'split' || node.state === 'shadow') return 'shadow';
  return node.state === 'live' ? 'live' : 'none';
}

/** A node in one line, for those who cannot see it. */
export function nodeLabel(node: NodeView, effect: Effect | undefined): string {
  const problem = node.problem ? [node.problem.message, whereText(node.problem)] : [];
  const parts = [
    node.id,
    kindWords(node),
    node.forwardOnly ? 'forward only' : '',
    node.rows === null ? '' : countOf(node.rows, 'row'),
    freshWords(node),
    stateWords(node),
    effect ? effectTag(effect, node) : '',
    node.stale.length > 0 ? 'raw files changed' : '',
    ...problem,
  ];
  return parts.filter(Boolean).join(', ');
}
