import { codeTokens } from '../sql/lexer';
import { closingIndex, identifierOf, splitAtCommas, stringOf } from '../sql/text';

/** How a SEED's file is read, by the names of SQLMesh's csv_settings. */
export interface CsvSettings {
  readonly delimiter: string;
  readonly quote: string;
  readonly doubleQuote: boolean;
  readonly escapeSign: string | null;
  readonly skipInitialSpace: boolean;
  readonly lineEnd: string | null;
  readonly keepDefaultNa: boolean;
  readonly na: readonly string[];
  readonly naByColumn: Readonly<Record<string, readonly string[]>>;
}

/** What pandas refuses in a file, and in which line. */
interface CsvFlaw {
  readonly message: string;
  readonly line: number;
}

/** A file's cells as they stand; a line that is too short is filled up. */
export interface CsvRows {
  readonly flaw: CsvFlaw | null;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\a': '\x07',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
  '\\\\': '\\',
};

/** Reads the texts of csv_settings; what is not given is as pandas has it. */
export function readCsvSettings(texts: Readonly<Record<string, string>>): CsvSettings {
  const sign = (name: string) => {
    const text = texts[name];
    return text === undefined ? null : (ESCAPES[text] ?? text);
  };
  const flag = (name: string, otherwise: boolean) => {
    const text = texts[name]?.toLowerCase();
    return text === undefined ? otherwise : ['true', '1', 'yes', 'on', 't', 'y'].includes(text);
  };
  return {
    delimiter: sign('delimiter') ?? ',',
    quote: sign('quotechar') ?? '"',
    doubleQuote: flag('doublequote', true),
    escapeSign: sign('escapechar'),
    skipInitialSpace: flag('skipinitialspace', false),
    lineEnd: sign('lineterminator'),
    keepDefaultNa: flag('keep_default_na', true),
    ...readNa(texts.na_values ?? ''),
  };
}

function readNa(text: string): Pick<CsvSettings, 'na' | 'naByColumn'> {
  const tokens = codeTokens(text);
  const open = tokens[0]?.text ?? '';
  if (open !== '(' && open !== '[') return { na: text === '' ? [] : [text], naByColumn: {} };
  const parts = splitAtCommas(tokens.slice(1, closingIndex(tokens, 0)));
  const textOf = (part: (typeof parts)[number]) =>
    part.length === 1 && part[0]
      ? (stringOf(part[0]) ?? part[0].text)
      : part.map((token) => token.text).join('');
  const byColumn = parts.flatMap((part) => {
    const [name, sign] = part;
    if (!name || !(sign?.text === '=' || sign?.text === ':=')) return [];
    const list =
      part[2]?.text === '(' || part[2]?.text === '[' ? splitAtCommas(part.slice(3, -1)) : [part.slice(2)];
    return [[stringOf(name) ?? identifierOf(name), list.map(textOf)] as const];
  });
  if (byColumn.length > 0) return { na: [], naByColumn: Object.fromEntries(byColumn) };
  return { na: parts.map(textOf), naByColumn: {} };
}

/** Cuts a CSV text into cells as pandas does: blank lines are left out, quotes may stand anywhere in a cell. */
export function readCsv(text: string, settings: CsvSettings): CsvRows {
  const { lines, starts, open } = cellsOf(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), settings);
  const [first = [], ...rest] = lines;
  const header = namesOf(first);
  const most = Math.max(first.length, rest[0]?.length ?? 0);
  const long = rest.findIndex((cells) => cells.length > most);
  const flaw = open
    ? { message: 'A quoted value has no end.', line: starts.at(-1) ?? 1 }
    : long < 0
      ? null
      : {
          message: `${most} values were expected, and there are ${rest[long]?.length}.`,
          line: starts[long + 1] ?? 1,
        };
  return { flaw, header, rows: rest.map((cells) => header.map((_, index) => cells[index] ?? null)) };
}

interface Cells {
  readonly lines: readonly (readonly string[])[];
  /** the line of the file, from 1, that each begins in */
  readonly starts: readonly number[];
  /** whether the text ends inside of quotes */
  readonly open: boolean;
}

function cellsOf(text: string, settings: CsvSettings): Cells {
  const { delimiter, quote, doubleQuote, escapeSign, skipInitialSpace } = settings;
  const lineEnd = settings.lineEnd ?? '\n';
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let blank = true;
  let line = 1;
  let start = 1;
  const starts: number[] = [];
  const endLine = () => {
    if (!blank) {
      lines.push([...cells, cell]);
      starts.push(start);
    }
    start = line;
    cells = [];
    cell = '';
    blank = true;
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] as string;
    if (sign === '\n') line++;
    if (escapeSign !== null && sign === escapeSign && i + 1 < text.length) {
      cell += text[++i];
      blank = false;
    } else if (quoted) {
      if (sign !== quote) cell += sign;
      else if (doubleQuote && text[i + 1] === quote) cell += text[++i];
      else quoted = false;
    } else if (sign === lineEnd) endLine();
    else if (text.startsWith(delimiter, i)) {
      cells.push(cell);
      cell = '';
      blank = false;
      i += delimiter.length - 1;
    } else if (skipInitialSpace && cell === '' && sign === ' ') continue;
    else {
      blank = false;
      if (sign === quote && cell === '') quoted = true;
      else cell += sign;
    }
  }
  endLine();
  return { lines, starts, open: quoted };
}

function namesOf(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell === '' ? `Unnamed: ${index}` : cell;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    const plain = /^\s*[a-z_]\w*\s*$/i.test(name) ? name.trim() : name;
    return (times === 0 ? plain : `${plain}.${times}`).toLowerCase();
  });
}
