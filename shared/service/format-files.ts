import { Fault, fault } from '../base/errors';
import { plainValue, propertyOf, readBlock } from '../project/block';
import { type FormatOptions, formatFile } from '../project/format/format-file';
import { readSettings } from '../project/settings';
import type { CommandRequest } from '../protocol/table';
import type { FormatResult } from '../protocol/views/verbs';
import type { Workspace } from './workspace';

type Request = CommandRequest<'files.format'>;

/** Lays out the SQL files of models and audits, or with `check` only says which are not laid out. */
export async function formatFiles(workspace: Workspace, request: Request): Promise<FormatResult> {
  const settings = readSettings(workspace.code.files);
  if (!settings.ok) throw new Fault(settings.problem);
  const options = optionsOf(settings.value.format, request);
  const files: FormatResult['files'] = [];
  const skipped: FormatResult['skipped'] = [];
  for (const [file, text] of wantedFiles(workspace, request.paths)) {
    const why = leftAlone(text, file);
    if (why !== undefined) {
      skipped.push({ file, why });
      continue;
    }
    const laid = formatFile(text, options);
    files.push({ file, changed: laid !== text });
    if (laid !== text && !request.check) await workspace.folder.writeText(file, laid);
  }
  if (!request.check && files.some((file) => file.changed)) await workspace.reload();
  return { check: request.check, files, skipped };
}

function optionsOf(format: Readonly<Record<string, unknown>>, request: Request): FormatOptions {
  const spelled = request.normalizeFunctions ?? format.normalize_functions;
  return {
    indent: request.indent ?? (typeof format.indent === 'number' ? format.indent : 2),
    maxTextWidth:
      request.maxTextWidth ?? (typeof format.max_text_width === 'number' ? format.max_text_width : 80),
    normalizeFunctions:
      spelled === 'lower' ? 'lower' : spelled === 'upper' || spelled === true ? 'upper' : 'usual',
    leadingComma: request.leadingComma ?? format.leading_comma === true,
    appendNewline: request.appendNewline ?? format.append_newline === true,
  };
}

function wantedFiles(
  workspace: Workspace,
  paths: readonly string[] | undefined,
): readonly (readonly [string, string])[] {
  const all = [...workspace.code.files]
    .filter(([path]) => /^(models|audits)\/.*\.sql$/.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (!paths || paths.length === 0) return all;
  const wanted = paths.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''));
  const isUnder = (file: string, path: string) =>
    path === '.' || file === path || file.startsWith(`${path}/`);
  const missing = wanted.find((path) => !all.some(([file]) => isUnder(file, path)));
  if (missing !== undefined)
    throw fault('usage.invalid', `${missing} is no SQL file of models/ or audits/, and no folder of such.`, {
      place: { file: missing },
      kept: 'No file was changed.',
    });
  return all.filter(([file]) => wanted.some((path) => isUnder(file, path)));
}

function leftAlone(text: string, file: string): string | undefined {
  const block = readBlock(text, file);
  if (!block.ok) return 'its block cannot be read';
  if (!block.value) return 'it has no MODEL or AUDIT block';
  const formatting = plainValue(propertyOf(block.value, 'formatting')?.value ?? 'true').toLowerCase();
  return formatting === 'false' ? 'it says formatting false' : undefined;
}
