import type { Problem } from '../base/errors';
import { findReferences } from '../sql/references';
import { positionOf, splitStatements } from '../sql/text';
import { type Block, listValue, pairsValue, plainValue, propertyOf, readBlock } from './block';
import { readKind } from './kind';
import type { AuditCall, BrokenModel, Model } from './model';
import { parseInclusiveEnd, parseMoment } from './moment';

/** What config.yaml gives models that do not say it themselves. */
export interface ModelDefaults {
  readonly start: number | null;
  readonly cron: string;
  readonly kind: string;
}

/** Reads one model file. A file without a MODEL block gives null: it is not a model. */
export function readModel(file: string, text: string, defaults: ModelDefaults): Model | BrokenModel | null {
  const block = readBlock(text, file);
  if (!block.ok) return brokenModel({ file, text, name: nameOfFile(file) }, block.problem);
  if (block.value?.word !== 'MODEL') return null;
  const own = block.value;
  const name = plainName(propertyOf(own, 'name')?.value) ?? nameOfFile(file);
  const broken = (problem: Problem) => brokenModel({ file, text, name }, problem);
  const at = (property: string) => ({
    file,
    ...positionOf(text, propertyOf(own, property)?.valueStart ?? own.start),
  });
  const refused = refuseModel(own, name);
  if (refused) return broken({ ...refused.problem, place: at(refused.property) });
  const kind = readKind(propertyOf(own, 'kind')?.value ?? defaults.kind);
  if (!kind.ok) return broken({ ...kind.problem, place: at('kind') });
  const cron = plainValue(propertyOf(own, 'cron')?.value ?? defaults.cron);
  const body = readBody(text, own, kind.value.name === 'SEED', file);
  if ('code' in body) return broken(body);
  const moments = readMoments(own, defaults);
  return {
    name,
    file,
    text,
    kind: kind.value,
    cron,
    intervalUnit: null,
    tags: [],
    partitionedBy: [],
    allowPartials: false,
    blueprint: {},
    ownAudits: [],
    readsItself: false,
    ...moments,
    ...readDescriptions(own),
    properties: own.properties,
    ...body,
  };
}

function brokenModel(of: Pick<BrokenModel, 'file' | 'text' | 'name'>, problem: Problem): BrokenModel {
  return { ...of, problem: { ...problem, kept: problem.kept ?? 'Every other model still works.' } };
}

function nameOfFile(file: string): string {
  const parts = file
    .replace(/^models\//, '')
    .replace(/\.sql$/, '')
    .split('/');
  return parts.slice(-2).join('.').toLowerCase();
}

function refuseModel(block: Block, name: string): { problem: Problem; property: string } | undefined {
  const dialect = plainValue(propertyOf(block, 'dialect')?.value ?? 'duckdb').toLowerCase();
  if (dialect !== 'duckdb' && dialect !== '') {
    const message = `Teal runs models in DuckDB's dialect, not ${dialect}.`;
    return { problem: { code: 'model.unsupported', message }, property: 'dialect' };
  }
  if (/^(raw|teal|teal_data|teal_diff)\./.test(name)) {
    const message = `The schema of ${name} is kept for Teal; give the model another.`;
    return { problem: { code: 'model.invalid', message }, property: 'name' };
  }
  if (/^[\p{L}_][\p{L}\p{N}_]*\.[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return undefined;
  const message = `A model's name must be schema.table, not ${name}.`;
  return { problem: { code: 'model.invalid', message }, property: 'name' };
}

function readMoments(block: Block, defaults: ModelDefaults): Pick<Model, 'start' | 'end'> {
  const text = (name: string) => plainValue(propertyOf(block, name)?.value ?? '');
  return { start: parseMoment(text('start')) ?? defaults.start, end: parseInclusiveEnd(text('end')) };
}

type Descriptions = Pick<
  Model,
  'owner' | 'description' | 'grain' | 'columns' | 'columnDescriptions' | 'audits'
>;

function readDescriptions(block: Block): Descriptions {
  const value = (name: string, otherwise: string) => propertyOf(block, name)?.value ?? otherwise;
  const descriptions = pairsValue(value('column_descriptions', '()'));
  return {
    owner: plainValue(value('owner', '')),
    description: plainValue(value('description', '')),
    grain: listValue(value('grain', '')).map(plainValue),
    columns: pairsValue(value('columns', '()')).map((pair) => ({ name: pair.name, type: pair.value })),
    columnDescriptions: Object.fromEntries(descriptions.map((pair) => [pair.name, plainValue(pair.value)])),
    audits: readAuditCalls(value('audits', '()')),
  };
}

/** The calls in an `audits (...)` property. */
function readAuditCalls(value: string): readonly AuditCall[] {
  return listValue(value).map((item) => {
    const open = item.indexOf('(');
    const pairs = open < 0 ? [] : pairsValue(item.slice(open));
    const blocking = pairs.find((pair) => pair.name === 'blocking');
    return {
      name: (open < 0 ? item : item.slice(0, open)).trim().toLowerCase(),
      arguments: Object.fromEntries(
        pairs.filter((pair) => pair.name !== 'blocking').map((pair) => [pair.name, pair.value]),
      ),
      blocking: blocking ? blocking.value.toLowerCase() === 'true' : null,
    };
  });
}

type Body = Pick<
  Model,
  | 'query'
  | 'queryStart'
  | 'before'
  | 'after'
  | 'onVirtualUpdate'
  | 'definitions'
  | 'parents'
  | 'tables'
  | 'files'
>;

const NO_STATEMENTS = { before: [], after: [], onVirtualUpdate: [], definitions: [] } as const;

function readBody(text: string, block: Block, seed: boolean, file: string): Body | Problem {
  const statements = splitStatements(text.slice(block.end));
  if (seed) return { query: '', queryStart: block.end, ...NO_STATEMENTS, parents: [], tables: [], files: [] };
  const queries = statements.filter((statement) => isQuery(statement.tokens[0]?.text ?? ''));
  const [query] = queries;
  if (!query || queries.length > 1) {
    const message = query
      ? 'A model must have one query, and this file has several.'
      : 'There is no query after the MODEL block.';
    return {
      code: 'model.syntax',
      message,
      place: {
        file,
        ...positionOf(text, block.end + ((queries[1] ?? statements[0])?.tokens[0]?.start ?? 0)),
      },
      remedy: 'Leave one SELECT after the MODEL block.',
    };
  }
  if (statements.length > 1) {
    return {
      code: 'model.unsupported',
      message: 'Statements before or after the query are not run yet.',
      place: { file, ...positionOf(text, block.end + (statements.find((s) => s !== query)?.start ?? 0)) },
    };
  }
  const broken = query.tokens.find((token) => token.kind === 'broken');
  if (broken) {
    return {
      code: 'model.syntax',
      message: 'A string or comment is not closed.',
      place: { file, ...positionOf(text, block.end + broken.start) },
    };
  }
  const queryText = text.slice(block.end + query.start, block.end + query.end);
  const { tables, files } = findReferences(queryText);
  const parents = [...new Set(tables.map((table) => table.parts.slice(-2).join('.').toLowerCase()))];
  return {
    query: queryText,
    queryStart: block.end + query.start,
    ...NO_STATEMENTS,
    parents,
    tables,
    files,
  };
}

function isQuery(word: string): boolean {
  return ['select', 'with', 'from', 'values', 'pivot', 'unpivot', '('].includes(word.toLowerCase());
}

function plainName(value: string | undefined): string | undefined {
  return value === undefined
    ? undefined
    : value
        .split('.')
        .map((part) => plainValue(part))
        .join('.')
        .toLowerCase();
}
