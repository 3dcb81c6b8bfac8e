import { failed, ok, type Result } from '../base/result';
import { codeTokens } from '../sql/lexer';
import { listValue, pairsValue, plainValue } from './block';
import type { Incremental, ModelKind } from './model';

const LATER = new Set([
  'EMBEDDED',
  'INCREMENTAL_BY_PARTITION',
  'SCD_TYPE_2',
  'SCD_TYPE_2_BY_TIME',
  'SCD_TYPE_2_BY_COLUMN',
  'INCREMENTAL_UNMANAGED',
  'MANAGED',
  'EXTERNAL',
  'CUSTOM',
  'DBT_CUSTOM',
]);

/** Reads the text of a `kind` property, such as `FULL` or `INCREMENTAL_BY_TIME_RANGE (time_column ds)`. */
export function readKind(value: string): Result<ModelKind> {
  const tokens = codeTokens(value);
  const word = (tokens[0]?.text ?? '').toUpperCase();
  const inner = tokens[1] ? value.slice(tokens[1].start) : '()';
  const properties = Object.fromEntries(pairsValue(inner).map((pair) => [pair.name, pair.value]));
  if (word === 'FULL') return ok({ name: word });
  if (word === 'VIEW') return ok({ name: word, materialized: false });
  if (word === 'SEED') return readSeed(properties);
  if (word === 'INCREMENTAL_BY_TIME_RANGE') return readTimeRange(properties);
  if (word === 'INCREMENTAL_BY_UNIQUE_KEY') return readUniqueKey(properties);
  if (LATER.has(word))
    return failed({
      code: 'model.unsupported',
      message: `Teal cannot fill models of kind ${word} yet.`,
      remedy: 'Models that do not read this one still work.',
    });
  return failed({
    code: 'model.invalid',
    message: `There is no kind ${word || '(empty)'}.`,
    remedy: 'Use FULL, VIEW, SEED, INCREMENTAL_BY_TIME_RANGE or INCREMENTAL_BY_UNIQUE_KEY.',
  });
}

function readSeed(properties: Readonly<Record<string, string>>): Result<ModelKind> {
  if (!properties.path)
    return failed({
      code: 'model.invalid',
      message: 'A SEED needs the path of its CSV file.',
      remedy: "Write kind SEED (path '../seeds/name.csv').",
    });
  const settings = properties.csv_settings
    ? pairsValue(properties.csv_settings).map((pair) => [pair.name, plainValue(pair.value)])
    : [];
  return ok({ name: 'SEED', path: plainValue(properties.path), csv: Object.fromEntries(settings) });
}

function readTimeRange(properties: Readonly<Record<string, string>>): Result<ModelKind> {
  const [column, format] = properties.time_column ? listValue(properties.time_column) : [];
  if (!column)
    return failed({
      code: 'model.invalid',
      message: 'INCREMENTAL_BY_TIME_RANGE needs a time_column.',
      remedy: 'Write kind INCREMENTAL_BY_TIME_RANGE (time_column ds).',
    });
  const numbers = readNumbers(properties);
  if (!numbers.ok) return numbers;
  return ok({
    name: 'INCREMENTAL_BY_TIME_RANGE',
    timeColumn: plainValue(column),
    timeFormat: format ? plainValue(format) : null,
    ...numbers.value,
  });
}

function readUniqueKey(properties: Readonly<Record<string, string>>): Result<ModelKind> {
  const uniqueKey = properties.unique_key ? listValue(properties.unique_key).map(plainValue) : [];
  if (uniqueKey.length === 0)
    return failed({
      code: 'model.invalid',
      message: 'INCREMENTAL_BY_UNIQUE_KEY needs a unique_key.',
      remedy: 'Write kind INCREMENTAL_BY_UNIQUE_KEY (unique_key id).',
    });
  const numbers = readNumbers(properties);
  return numbers.ok
    ? ok({
        name: 'INCREMENTAL_BY_UNIQUE_KEY',
        uniqueKey,
        whenMatched: null,
        mergeFilter: null,
        ...numbers.value,
      })
    : numbers;
}

function readNumbers(properties: Readonly<Record<string, string>>): Result<Incremental> {
  const batchSize = properties.batch_size === undefined ? null : Number(properties.batch_size);
  const lookback = properties.lookback === undefined ? 0 : Number(properties.lookback);
  if (batchSize !== null && !(Number.isInteger(batchSize) && batchSize > 0))
    return failed({
      code: 'model.invalid',
      message: `batch_size must be a whole number above 0, not ${properties.batch_size}.`,
    });
  if (!(Number.isInteger(lookback) && lookback >= 0))
    return failed({
      code: 'model.invalid',
      message: `lookback must be a whole number, not ${properties.lookback}.`,
    });
  return ok({
    batchSize,
    batchConcurrency: null,
    lookback,
    forwardOnly: false,
    disableRestatement: false,
    onDestructiveChange: 'error',
    onAdditiveChange: 'allow',
  });
}
