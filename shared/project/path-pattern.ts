import { type Fault, fault } from '../base/errors';

const skipped = new Set(['.teal', '.git', 'node_modules']);

/** Whether a folder holds nothing of the project's own: Teal's, Git's and Node's are never looked into. */
export function isSkippedFolder(name: string): boolean {
  return skipped.has(name);
}

/** Whether a pattern names more than one file. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** A path pattern ready to use: the folder below which all that fits must lie, and the test of a relative path. */
export interface PathPattern {
  readonly start: string;
  fits(path: string): boolean;
}

/** Reads a pattern over relative paths with `/`: `*` and `?` stay within a folder, a part of `**` crosses folders. */
export function readPattern(pattern: string): PathPattern {
  const parts = partsOf(pattern);
  const fixed = parts.findIndex(isPattern);
  const expression = expressionOf(parts);
  return {
    start: parts.slice(0, fixed < 0 ? parts.length - 1 : fixed).join('/'),
    fits: (path) => expression.test(path),
  };
}

/** Whether a path fits one of the patterns, as a whole or from some folder of it on. */
export function ignoring(patterns: readonly string[]): (path: string) => boolean {
  const read = patterns.map(readPattern);
  return (path) => {
    for (let from = 0; from >= 0; from = nextFolder(path, from))
      if (read.some(({ fits }) => fits(path.slice(from)))) return true;
    return false;
  };
}

function nextFolder(path: string, from: number): number {
  return path.indexOf('/', from) < 0 ? -1 : path.indexOf('/', from) + 1;
}

/** A pattern of a source that no file fits: `words` begin the sentence that ends with it. */
export function noMatch(pattern: string, words: string): Fault {
  return fault('source.file_missing', `${words} ${pattern}.`, {
    place: { file: pattern },
    kept: 'Snapshots that were taken before stay as they are.',
    remedy: 'Put the file there, or correct `files` of the source.',
  });
}

/** A path that leads out of the project's folder. */
export function outsideProject(path: string): Fault {
  return fault('engine.denied', `${path} leads out of the project's folder.`, {
    kept: 'Nothing was read or written there.',
    remedy: 'Put the file into the project, or add it as a raw file so that a copy is kept.',
  });
}

function partsOf(pattern: string): readonly string[] {
  return pattern.split('/').filter((part) => part !== '' && part !== '.');
}

function expressionOf(parts: readonly string[]): RegExp {
  const text = parts.map((part, index) => {
    const last = index === parts.length - 1;
    if (part === '**') return last ? '.*' : '(?:[^/]+/)*';
    const escaped = part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]');
    return last ? escaped : `${escaped}/`;
  });
  return new RegExp(`^${text.join('')}$`, 'u');
}
