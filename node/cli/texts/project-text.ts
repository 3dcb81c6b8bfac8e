import { type Problem, placeText } from '../../../shared/base/errors';
import type { CommandOutput } from '../../../shared/protocol/table';
import type { HostFacts } from '../../server/reach';
import { COPY } from '../context';
import { moment, plural, problemText, seconds, table } from '../text';

type Graph = CommandOutput<'project.graph'>;
type Cell = string | number | null;

export function madeText(made: CommandOutput<'project.create'>): string {
  return `Made ${made.name} in ${made.dir}: ${plural(made.models, 'model')}, ${plural(made.sources, 'source')}.\nNext: teal -p ${made.dir} plan`;
}

export function infoText(info: CommandOutput<'project.open'>): string {
  const waiting = info.environments
    .filter((one) => !one.live)
    .map(
      (one) =>
        `${one.name}: ${plural(one.differing, 'model')} ${one.differing === 1 ? 'differs' : 'differ'} from prod`,
    );
  return [
    `${info.name}  ${info.dir}`,
    `${plural(info.models, 'model')}, ${plural(info.sources, 'source')}, ${info.engine}`,
    info.liveRelease === null ? 'Nothing is live yet.' : `Release ${info.liveRelease} is live.`,
    ...waiting,
    ...info.problems.map((problem) => problemText(problem as Problem)),
  ].join('\n');
}

/** `process 4711, browser on the server, since 2026-01-31 12:00:00` */
export function hostText(host: HostFacts): string {
  return `process ${host.pid}, ${host.way}, since ${moment(host.since)}${host.attached ? '; this command is attached to it' : ''}`;
}

/** Who serves the project, where that is not this very command. */
export function servedText(host: HostFacts): string {
  if (host.attached) return `Served by ${hostText(host)}.`;
  return host.way === COPY ? 'Seen in a read-only copy.' : 'No other process serves it.';
}

export function graphText(graph: Graph): string {
  const parents = (name: string) =>
    graph.edges
      .filter((edge) => edge.to === name)
      .map((edge) => edge.from)
      .join(', ');
  const rows = parentsFirst(graph).map((node) => [
    node.id,
    node.kind ?? node.type,
    node.rows,
    node.change ?? '',
    parents(node.id),
  ]);
  return table(['name', 'kind', 'rows', 'change', 'reads'], rows);
}

/** Sources and models without parents, with what reads them below; what was shown before is not unfolded again. */
export function treeText(graph: Graph): string {
  const shown = new Set<string>();
  const branch = (id: string, before: string): readonly string[] => {
    const below = graph.edges.filter((edge) => edge.from === id).map((edge) => edge.to);
    if (shown.has(id)) return [];
    shown.add(id);
    return below.flatMap((child, index) => {
      const last = index === below.length - 1;
      const again = shown.has(child) && graph.edges.some((edge) => edge.from === child);
      const line = `${before}${last ? '└─ ' : '├─ '}${child}${again ? ' ...' : ''}`;
      return [line, ...branch(child, `${before}${last ? '   ' : '│  '}`)];
    });
  };
  const roots = parentsFirst(graph).filter((node) => !graph.edges.some((edge) => edge.to === node.id));
  return roots.flatMap((node) => [node.id, ...branch(node.id, '')]).join('\n');
}

function parentsFirst({ nodes, edges }: Graph): Graph['nodes'] {
  const waiting = new Map(nodes.map((node) => [node.id, node]));
  const ordered: Graph['nodes'] = [];
  const take = (node: Graph['nodes'][number]): void => {
    if (!waiting.delete(node.id)) return;
    for (const edge of edges) {
      const parent = edge.to === node.id ? waiting.get(edge.from) : undefined;
      if (parent) take(parent);
    }
    ordered.push(node);
  };
  for (const node of nodes) take(node);
  return ordered;
}

export function pageText(page: CommandOutput<'query.run'>): string {
  return table(
    page.columns.map((column) => column.name),
    page.rows.map((row) => row.map(cellText)),
  );
}

export function checksText(checks: CommandOutput<'doctor.run'>['checks']): string {
  return table(
    ['check', 'status', 'detail'],
    checks.map((check) => [check.label, check.status, check.detail]),
  );
}

export function historyText(entries: CommandOutput<'history.list'>['entries']): string {
  const rows = entries.map((entry) => [
    entry.id,
    entry.kind,
    entry.title,
    entry.environment,
    entry.user,
    entry.commit,
    moment(entry.startedAt),
    seconds(entry.seconds),
    entry.rows,
    entry.outcome,
    entry.release,
  ]);
  const head = ['id', 'kind', 'title', 'environment', 'user', 'commit', 'started', 'took', 'rows', 'outcome'];
  return table([...head, 'release'], rows);
}

export function recordText(record: CommandOutput<'history.read'>): string {
  const { entry, problem } = record;
  const models = record.models.map((model) => [
    model.model,
    model.table,
    model.batches,
    model.rows,
    model.seconds,
  ]);
  const inputs = record.inputs.map((input) => [input.source, input.snapshot.slice(0, 12), input.rows]);
  return [
    `${entry.kind}  ${entry.title}  ${entry.outcome}`,
    entry.commit ? `commit ${entry.commit}${entry.dirty ? ', with changes on top' : ''}` : 'no commit',
    ...(models.length > 0 ? [table(['model', 'table', 'batches', 'rows', 'seconds'], models)] : []),
    ...(inputs.length > 0 ? [table(['source', 'snapshot', 'rows'], inputs)] : []),
    ...(problem ? [`${problem.message} ${placeText(problem.place as Problem['place'])}`] : []),
  ].join('\n\n');
}

function cellText(value: unknown): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
