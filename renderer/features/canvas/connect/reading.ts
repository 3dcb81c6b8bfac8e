import { findReferences } from '../../../../shared/sql/references';
import type { Edge } from '../layout/positions';

/** A connection to be made: `child` is to read `parent`. */
export interface Reading {
  readonly parent: string;
  readonly child: string;
}

interface UnsavedText {
  readonly model: string;
  readonly text: string;
}

/** The edges of the saved files, with those of unsaved texts in place of their models' own. */
export function edgesOfTexts(
  graph: { readonly nodes: readonly { readonly id: string }[]; readonly edges: readonly Edge[] },
  drafts: readonly UnsavedText[],
): readonly Edge[] {
  const ids = new Set(graph.nodes.map(({ id }) => id));
  const edited = new Set(drafts.map(({ model }) => model));
  const written = drafts.flatMap(({ model, text }) =>
    findReferences(text).tables.flatMap(({ parts }) => {
      const from = parts.join('.');
      return ids.has(from) ? [{ from, to: model }] : [];
    }),
  );
  return [...graph.edges.filter(({ to }) => !edited.has(to)), ...written];
}

/** Why a model cannot read another node; undefined where it can. */
export function refusalOf({ parent, child }: Reading, edges: readonly Edge[]): string | undefined {
  if (child.startsWith('raw.')) return `${child} is a source: it reads files, not models.`;
  if (parent === child) return 'A model cannot read itself.';
  const way = wayDown(edges, child, parent);
  if (!way) return undefined;
  const [, ...rest] = way;
  const chain = rest.map((id, at) => (at === 0 ? `${id} reads ${child}` : `${id} reads ${rest[at - 1]}`));
  return `That would be a circle: ${chain.join(', ')}.`;
}

/** A shortest way along the edges, with both ends; undefined where there is none. */
function wayDown(edges: readonly Edge[], start: string, end: string): readonly string[] | undefined {
  const came = new Map<string, string>();
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === end) return trace(came, end);
    for (const { from, to } of edges) {
      if (from !== id || came.has(to) || to === start) continue;
      came.set(to, id);
      queue.push(to);
    }
  }
  return undefined;
}

function trace(came: ReadonlyMap<string, string>, end: string): readonly string[] {
  const way = [end];
  for (let id = came.get(end); id !== undefined; id = came.get(id)) way.unshift(id);
  return way;
}
