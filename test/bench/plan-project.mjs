// A project of many small models of several kinds: layers of ten, each model reading one or two of the layer above it.
const WIDTH = 10;

const config = `gateways:
  local:
    connection:
      type: duckdb
      database: db.duckdb
default_gateway: local

model_defaults:
  dialect: duckdb
  start: '2025-01-01'
  cron: '@daily'

variables:
  factor: 3
  least: -1
`;

const audit = `AUDIT (
  name above_least
);

SELECT * FROM @this_model WHERE @column < @VAR('least')
`;

const number = (index) => String(index).padStart(4, '0');
const nameOf = (index) => `gen.m${number(index)}`;

/** The files of a project of `count` models, by path. */
export function planProject(count) {
  const files = { 'config.yaml': config, 'audits/above_least.sql': audit, 'seeds/start.csv': seedRows() };
  for (let index = 0; index < count; index++)
    files[`models/group${Math.floor(index / 100)}/m${number(index)}.sql`] = modelText(index);
  return files;
}

function seedRows() {
  const rows = Array.from(
    { length: 20 },
    (_, row) => `${row},${row * 2},2025-02-${String(row + 1).padStart(2, '0')}`,
  );
  return `id,v,ds\n${rows.join('\n')}\n`;
}

function modelText(index) {
  const name = nameOf(index);
  if (index < WIDTH)
    return `MODEL (\n  name ${name},\n  kind SEED (\n    path '../../seeds/start.csv'\n  ),\n  columns (\n    id INT,\n    v INT,\n    ds DATE\n  ),\n  grain id\n);\n`;
  const { kind, where, audits } = shapeOf(index);
  const right = index % 3 > 0 && index >= 2 * WIDTH ? nameOf(index - WIDTH - 1) : null;
  const value = right ? 'a.v + COALESCE(b.v, 0)' : 'a.v';
  const lines = [
    'MODEL (',
    `  name ${name},`,
    `  kind ${kind},`,
    `  description 'Values of step ${index}',`,
    '  grain id',
    ...(audits ? [`  audits (${audits})`] : []),
  ].map((line, at, all) => (at > 2 && at < all.length - 1 ? `${line.replace(/,$/, '')},` : line));
  return `${lines.join('\n')}\n);\n\n${selectText({ index, value, right, where })}\n`;
}

/** Of ten models two are incremental by time, one is by key, two are views, one embedded, and the others full. */
function shapeOf(index) {
  const turn = (index * 7 + Math.floor(index / 10)) % 10;
  const audits =
    index % 2 === 0
      ? 'not_null(columns := (id)), above_least(column := v)'
      : index % 5 === 0
        ? 'unique_values(columns := (id))'
        : '';
  if (turn < 2)
    return {
      kind: 'INCREMENTAL_BY_TIME_RANGE (\n    time_column ds\n  )',
      where: 'a.ds BETWEEN @start_ds AND @end_ds',
      audits,
    };
  if (turn === 2) return { kind: 'INCREMENTAL_BY_UNIQUE_KEY (\n    unique_key id\n  )', where: '', audits };
  if (turn < 5) return { kind: 'VIEW', where: '', audits };
  if (turn === 5) return { kind: 'EMBEDDED', where: '', audits: '' };
  return { kind: 'FULL', where: '', audits };
}

function selectText({ index, value, right, where }) {
  const columns = ['  a.id::INT AS id', valueColumn(index, value), '  a.ds::DATE AS ds'];
  const join = right ? `\nLEFT JOIN ${right} AS b\n  ON a.id = b.id` : '';
  const filter = where ? `\nWHERE\n  ${where}` : '';
  const definition = index % 6 === 0 ? '@DEF(step, 2);\n\n' : '';
  return `${definition}-- step ${index}\nSELECT\n${columns.join(',\n')}\nFROM ${nameOf(index - WIDTH)} AS a${join}${filter}`;
}

/** One in three goes through a macro or a variable. */
function valueColumn(index, value) {
  if (index % 6 === 0) return `  ((${value}) % 1000 + @step)::INT AS v`;
  if (index % 6 === 2) return `  ((${value}) % 1000 + @factor)::INT AS v`;
  if (index % 6 === 4) return `  (@SAFE_ADD((${value}) % 1000, ${index}))::INT AS v`;
  return `  ((${value}) % 1000 + ${index % 7})::INT AS v`;
}
