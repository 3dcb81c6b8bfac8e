const endings = /\.(sql|ya?ml|md|csv|tsv|psv|dat|py|json|txt)$/i;
const templateLeftOut = new Set(['.teal', '.git', '.cache', 'logs', 'node_modules']);

/** The folders of a project whose text files are read whole. */
export const textFolders = [
  ...['models', 'sources', 'audits', 'backfills', 'docs', 'seeds', 'tests', 'macros'],
  ...['external_models', 'signals', 'materializations', 'linter'],
];

/** The names that a project's configuration may have, in the order of preference. */
export const CONFIG_FILES = ['config.yaml', 'config.yml', 'sqlmesh.yaml', 'sqlmesh.yml'];

/** The files in a project's own folder that are read whole. */
export const textRoots = [...CONFIG_FILES, 'config.py', 'external_models.yaml', 'schema.yaml'];

/** Larger files are data, whatever their ending. */
export const LARGEST_TEXT = 16 * 1024 ** 2;

/** Whether a file of the text folders is read as text. */
export function isTextFile(path: string): boolean {
  return endings.test(path);
}

/** Whether a file or folder of a template is copied into a new project. */
export function isInTemplate(name: string): boolean {
  return !templateLeftOut.has(name);
}

/** The first page of a new project's docs, with the project's name as its heading. */
export function titled(text: string, name: string): string {
  const heading = `# ${name.replace(/\s+/g, ' ').trim()}`;
  return /^#\s.*$/m.test(text) ? text.replace(/^#\s.*$/m, () => heading) : `${heading}\n${text}`;
}

/** The last part of a name without what some disk refuses; never empty, never a folder, at most 120 characters. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const cut = clean.length > 120 ? clean.slice(-120) : clean;
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(cut) ? `_${cut}` : cut || 'file';
}

/** Where a file of this content is kept, relative to the project; the ending stays, since the engine goes by it. */
export function keptPath(sha256: string, name: string): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/^\.+/, '');
  const ending = /(\.[a-z0-9]{1,10})?(\.(gz|zst|gzip))?$/.exec(plain)?.[0] ?? '';
  return `.teal/raw/${sha256.slice(0, 2)}/${sha256}${ending}`;
}

/** The first of `name`, `name-2`, `name-3` ... that `isFree`; a file's ending stays at the end. */
export async function firstFree(
  name: string,
  ending: string,
  isFree: (name: string) => boolean | Promise<boolean>,
): Promise<string> {
  const stem = ending === '' ? name : name.slice(0, name.length - ending.length);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${stem}-${number}${ending}`;
    if (await isFree(candidate)) return candidate;
  }
}
