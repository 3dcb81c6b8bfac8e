import type { Session } from '../engine/contract';
import type { SourceFile } from '../project/source-file';
import { firstLines } from './csv-header';
import { columnsOfFiles, formatOf, sniffFile } from './guess-source';
import type { RawFile } from './raw-file';
import { fieldsOf } from './split-line';

/** Files that are one source: of one format, with the same columns. */
export interface SourceGroup {
  readonly name: string;
  readonly files: readonly RawFile[];
}

/** Sorts files that came together into sources, and names them after their files; no name is one of `taken`. */
export async function groupFiles(
  session: Session,
  files: readonly RawFile[],
  taken: ReadonlySet<string> = new Set(),
): Promise<readonly SourceGroup[]> {
  const groups = new Map<string, RawFile[]>();
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const shape = await shapeOf(session, file);
    groups.set(shape, [...(groups.get(shape) ?? []), file]);
  }
  const names = new Set(taken);
  return [...groups.values()].map((group) => {
    const name = freeName(sourceName(group.map((file) => file.path)), names);
    names.add(name);
    return { name, files: group };
  });
}

// Lines without a header tell files apart by nothing but their number of columns: then the name must agree too.
async function shapeOf(session: Session, file: RawFile): Promise<string> {
  const format = formatOf(file.path);
  const source: SourceFile = {
    name: 'file',
    files: [file.path],
    format,
    key: [],
    on_error: 'quarantine',
    description: '',
  };
  if (format !== 'csv') return JSON.stringify([format, await columnsOfFiles(session, source, [file])]);
  const dialect = await sniffFile(session, source, file);
  const [line = ''] = await firstLines(session, file, { encoding: dialect.encoding, limit: 1 });
  const fields = fieldsOf(line, dialect);
  return JSON.stringify([
    format,
    dialect,
    dialect.header && fields.length > 1 ? fields : [fields.length, stemOf(file.path)],
  ]);
}

/** A name for a source of these files: what their names share, in lower case, without dates and numbers at the end. */
function sourceName(paths: readonly string[]): string {
  const stems = paths.map(stemOf);
  const [first = ''] = stems;
  let shared = first;
  for (const stem of stems) while (!stem.startsWith(shared)) shared = shared.slice(0, -1);
  const name = shared.replace(/_+$/, '') || first;
  return /^[\p{L}_]/u.test(name) ? name : `file_${name}`.replace(/_$/, '');
}

function stemOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? '';
  const stem = file.replace(/(\.[A-Za-z0-9]{1,10})?(\.(gz|zst|gzip))?$/i, '') || file;
  const words = stem
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const bare = words.replace(/(_?(\d{4}_?\d{2}(_?\d{2})?|\d{4}(q[1-4]|w\d{2})?|v?\d+))+$/, '');
  return bare || words;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}_${count}`;
    if (!taken.has(free)) return free;
  }
}
