import type { ActualRows } from './test-compare';

/** All that a new test file says. */
export interface NewTest {
  readonly name: string;
  readonly model: string;
  readonly inputs: ReadonlyMap<string, ActualRows>;
  readonly query: ActualRows;
  readonly ctes: ReadonlyMap<string, ActualRows>;
  readonly variables: Readonly<Record<string, string>>;
}

/** The text of a test file with one test; reading it again gives the same values. */
export function writeTest(test: NewTest): string {
  const variables = Object.entries(test.variables);
  return [
    `${scalar(test.name)}:`,
    `  model: ${scalar(test.model)}`,
    ...(test.inputs.size > 0 ? ['  inputs:', ...tables(test.inputs, '    ')] : []),
    '  outputs:',
    ...(test.ctes.size > 0 ? ['    ctes:', ...tables(test.ctes, '      ')] : []),
    ...rowLines('    query:', test.query, '      '),
    ...(variables.length > 0
      ? ['  vars:', ...variables.map(([name, value]) => `    ${scalar(name)}: ${scalar(value)}`)]
      : []),
    '',
  ].join('\n');
}

function tables(named: ReadonlyMap<string, ActualRows>, indent: string): readonly string[] {
  return [...named].flatMap(([name, rows]) => [
    `${indent}${scalar(name)}:`,
    ...rowLines(`${indent}  rows:`, rows, `${indent}    `),
  ]);
}

function rowLines(head: string, { columns, rows }: ActualRows, indent: string): readonly string[] {
  if (rows.length === 0) return [`${head} []`];
  const lines = rows.map((row) => {
    const cells = columns.map((column, index) => `${scalar(column.name)}: ${cell(row[index], column.type)}`);
    return `${indent}- {${cells.join(', ')}}`;
  });
  return [head, ...lines];
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|NUMERIC|DOUBLE|FLOAT|REAL)\b/i;
const MOMENT = /^\d{4}-\d{1,2}-\d{1,2}/;

/** Numbers, dates and times stand bare, so that they are read as such; text that looks like one is quoted. */
function cell(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) {
    if (/^MAP\b/i.test(type))
      return `{${value.map((one: { key: unknown; value: unknown }) => `${scalar(String(one.key))}: ${cell(one.value, '')}`).join(', ')}}`;
    return `[${value.map((one) => cell(one, type.replace(/\[\d*\]$/, ''))).join(', ')}]`;
  }
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, field]) => `${scalar(name)}: ${cell(field, '')}`)
      .join(', ')}}`;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return Number.isNaN(value) ? 'null' : String(value);
  }
  const text = String(value);
  if (NUMBER.test(type) && /^-?\d+(\.\d+)?$/.test(text)) return text;
  if (/^(DATE|TIMESTAMP)/i.test(type) && MOMENT.test(text)) return text;
  return scalar(text);
}

const RESERVED = /^(true|false|yes|no|on|off|null|y|n|~)$/i;

function scalar(text: string): string {
  if (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(text) && !RESERVED.test(text)) return text;
  return /[\n\r\t\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
