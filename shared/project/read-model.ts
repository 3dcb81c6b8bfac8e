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
  const nameFromFile = file
    .replace(/^models\//, '')
    .replace(/\.sql$/, '')
    .split('/')
    .slice(-2)
    .join('.')
    .toLowerCase();
  const broken = (problem: Problem, name = nameFromFile): BrokenModel => ({
    name,
    file,
    text,
    problem: { ...problem, kept: problem.kept ?? 'Every other model still works.' },
  });
  const block = readBlock(text, file);
  if (!block.ok) return broken(block.problem);
  if (!block.value || block.value.word !== 'MODEL') return null;
  const at = (name: string) => ({
    file,
    ...positionOf(text, propertyOf(block.value as Block, name)?.valueStart ?? block.value?.start ?? 0),
  });
  const name = plainName(propertyOf(block.value, 'name')?.value) ?? nameFromFile;
  const dialect = plainValue(propertyOf(block.value, 'dialect')?.value ?? 'duckdb').toLowerCase();
  if (dialect !== 'duckdb' && dialect !== '') {
    return broken(
      {
        code: 'model.unsupported',
        message: `Teal runs models in DuckDB's dialect, not ${dialect}.`,
        place: at('dialect'),
      },
      name,
    );
  }
  if (!/^[\p{L}_][\p{L}\p{N}_]*\.[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
    return broken(
      {
        code: 'model.invalid',
        message: `A model's name must be schema.table, not ${name}.`,
        place: at('name'),
      },
      name,
    );
  }
  const kind = readKind(propertyOf(block.value, 'kind')?.value ?? defaults.kind);
  if (!kind.ok) return broken({ ...kind.problem, place: at('kind') }, name);
  const body = readBody(text, block.value, kind.value.name === 'SEED', file);
  if ('code' in body) return broken(body, name);
  const start = parseMoment(plainValue(propertyOf(block.value, 'start')?.value ?? ''));
  return {
    name,
    file,
    text,
    kind: kind.value,
    cron: plainValue(propertyOf(block.value, 'cron')?.value ?? defaults.cron),
    start: start ?? defaults.start,
    end: parseInclusiveEnd(plainValue(propertyOf(block.value, 'end')?.value ?? '')),
    owner: plainValue(propertyOf(block.value, 'owner')?.value ?? ''),
    description: plainValue(propertyOf(block.value, 'description')?.value ?? ''),
    grain: listValue(propertyOf(block.value, 'grain')?.value ?? '').map(plainValue),
    columns: pairsValue(propertyOf(block.value, 'columns')?.value ?? '()').map(({ name: column, value }) => ({
      name: column,
      type: value,
    })),
    columnDescriptions: Object.fromEntries(
      pairsValue(propertyOf(block.value, 'column_descriptions')?.value ?? '()').map((pair) => [
        pair.name,
        plainValue(pair.value),
      ]),
    ),
    audits: readAuditCalls(propertyOf(block.value, 'audits')?.value ?? '()'),
    properties: block.value.properties,
    ...body,
  };
}

/** The calls in an `audits (...)` property. */
export function readAuditCalls(value: string): readonly AuditCall[] {
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

type Body = Pick<Model, 'query' | 'queryStart' | 'parents' | 'tables' | 'files'>;

function readBody(text: string, block: Block, seed: boolean, file: string): Body | Problem {
  const statements = splitStatements(text.slice(block.end));
  if (seed) return { query: '', queryStart: block.end, parents: [], tables: [], files: [] };
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
  return { query: queryText, queryStart: block.end + query.start, parents, tables, files };
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
