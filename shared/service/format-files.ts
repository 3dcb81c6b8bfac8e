import { fault } from '../base/errors';
import { plainValue, propertyOf, readBlock } from '../project/block';
import type { ProjectConfig } from '../project/config';
import { type FormatOptions, formatFile } from '../project/format/format-file';
import type { CommandRequest } from '../protocol/table';
import type { FormatResult } from '../protocol/views/verbs';
import type { Workspace } from './workspace';

type Request = CommandRequest<'files.format'>;

/** Lays out the SQL files of models and audits, or with `check` only says which are not laid out. */
export async function formatFiles(workspace: Workspace, request: Request): Promise<FormatResult> {
  const options = layoutOf(workspace.code.project.config.format, request);
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

/** How the project's files are laid out: as config.yaml says, or as was asked for. */
export function layoutOf(format: ProjectConfig['format'], request: Partial<Request> = {}): FormatOptions {
  const spelled = request.normalizeFunctions ?? format.normalizeFunctions;
  return {
    indent: request.indent ?? format.indent,
    maxTextWidth: request.maxTextWidth ?? format.maxTextWidth,
    normalizeFunctions:
      spelled === 'lower' ? 'lower' : spelled === 'upper' || spelled === true ? 'upper' : 'usual',
    leadingComma: request.leadingComma ?? format.leadingComma,
    appendNewline: request.appendNewline ?? format.appendNewline,
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
