import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const RENDERER = join(import.meta.dirname, '../../../renderer');
const GALLERY = join(RENDERER, 'app/gallery');

interface Source {
  readonly path: string;
  readonly text: string;
}

function read(dir: string): Source[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({
      path: relative(RENDERER, join(dir, path)),
      text: readFileSync(join(dir, path), 'utf8'),
    }));
}

/** Components that a file exports. */
function exportedComponents({ text }: Source): string[] {
  return [...text.matchAll(/^export (?:async )?(?:function|const) ([A-Z][a-z]\w*)/gm)].map(
    ([, name]) => name ?? '',
  );
}

/** Exported components of the primitives that other rooms use; the rest are parts of those. */
function primitives(ui: readonly Source[], users: readonly Source[]): string[] {
  const used = users.map(({ text }) => text).join('\n');
  return ui
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(exportedComponents)
    .filter((name) => new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[^']*ui/`).test(used));
}

/** Those without a section of their own, or whose section does not show them. */
function missingFrom(gallery: readonly Source[], names: readonly string[]): string[] {
  const text = gallery.map((source) => source.text).join('\n');
  return names.filter((name) => !text.includes(`of: '${name}'`) || !new RegExp(`<${name}\\b`).test(text));
}

const gallery = read(GALLERY);
const users = [...read(join(RENDERER, 'app')), ...read(join(RENDERER, 'features'))].filter(
  ({ path }) => !path.startsWith('app/gallery'),
);

describe('the gallery', () => {
  test('has every primitive', () => {
    const names = primitives(read(join(RENDERER, 'ui')), users);
    expect(names.length).toBeGreaterThan(25);
    expect(missingFrom(gallery, names)).toEqual([]);
  });

  test('a primitive that nobody added to it is found', () => {
    const planted = { path: 'ui/dial.tsx', text: 'export function Dial() {}\nexport function DialPart() {}' };
    const names = primitives(
      [planted],
      [{ path: 'features/x.tsx', text: "import { Dial } from '../ui/dial';" }],
    );
    expect(names).toEqual(['Dial']);
    expect(missingFrom(gallery, names)).toEqual(['Dial']);
    expect(missingFrom([{ path: 'a', text: "{ of: 'Dial', render: () => <Dial /> }" }], names)).toEqual([]);
  });
});
