import { filesBelow } from '../../../renderer/worker/tree';
import { sha256OfText } from '../../../shared/base/sha256';
import type { ProjectFolder } from '../../../shared/service/platform';
import { bytes, type Case, codeOf, equal, send, type Tools } from './cases';

const DIR = '/projects/shop';

async function openShop({ tree, platform }: Tools): Promise<ProjectFolder> {
  await tree.write(`${DIR}/config.yaml`, 'project: shop\n');
  return platform.openFolder(DIR);
}

/** Project folders in the browser's storage. */
export const folderCases: Readonly<Record<string, Case>> = {
  'a project folder reads its text files and no others': async (tools) => {
    const folder = await openShop(tools);
    const { tree } = tools;
    for (const path of ['models/a/b.sql', 'macros/x/y.py', 'docs/index.md', 'seeds/s.csv', 'tests/t.yaml'])
      await tree.write(`${DIR}/${path}`, path);
    await tree.write(`${DIR}/sources/x.yaml`, '\uFEFFname: x\n');
    for (const path of [
      'models/picture.png',
      'raw/a.csv',
      '.teal/x.sql',
      'models/node_modules/x.sql',
      'other.md',
    ])
      await tree.write(`${DIR}/${path}`, path);
    const texts = await folder.readText();
    equal(
      [...texts.keys()],
      [
        'config.yaml',
        'docs/index.md',
        'macros/x/y.py',
        'models/a/b.sql',
        'seeds/s.csv',
        'sources/x.yaml',
        'tests/t.yaml',
      ],
    );
    equal(texts.get('sources/x.yaml'), 'name: x\n');
    equal(await codeOf(() => tools.platform.openFolder('/projects/none')), 'project.not_found');
  },

  'a file is the old one or the new one, whole, while it is written': async (tools) => {
    const folder = await openShop(tools);
    const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await folder.writeText('models/m.sql', texts[0] ?? '');
    let over = false;
    const writing = (async () => {
      for (let round = 1; round < 30; round++) await folder.writeText('models/m.sql', texts[round % 2] ?? '');
      over = true;
    })();
    let reads = 0;
    while (!over) {
      const text = await tools.tree.text(`${DIR}/models/m.sql`);
      if (text === null || !texts.includes(text)) throw new Error(`a mixture of ${text?.length} characters`);
      reads++;
    }
    await writing;
    equal(reads > 0, true);
    equal(await tools.tree.list(`${DIR}/models`), [{ name: 'm.sql', isFolder: false }]);
    await folder.remove('models/m.sql');
    await folder.remove('models/m.sql');
    equal(await tools.tree.text(`${DIR}/models/m.sql`), null);
  },

  'no path leads out of a project': async (tools) => {
    const folder = await openShop(tools);
    equal(folder.resolve('raw/../raw/./a.csv'), `${DIR}/raw/a.csv`);
    equal(folder.resolve(`${DIR}/raw/a.csv`), `${DIR}/raw/a.csv`);
    for (const path of ['../other/x', '/projects/shopping/x', 'a/../../../x', 'x\0y', '/uploads/x'])
      equal(await codeOf(() => folder.resolve(path)), 'engine.denied');
    equal(await codeOf(() => folder.writeText('../x.sql', '')), 'engine.denied');
  },

  'sources match files by pattern, sorted': async (tools) => {
    const folder = await openShop(tools);
    for (const path of [
      'raw/pos/b.csv',
      'raw/pos/a.csv',
      'raw/pos/deep/c.csv',
      'raw/x.parquet',
      '.teal/raw/d.csv',
    ])
      await tools.tree.write(`${DIR}/${path}`, path);
    const match = async (...patterns: string[]) =>
      (await folder.match(patterns)).map((path) => path.slice(DIR.length + 1));
    equal(await match('raw/pos/*.csv'), ['raw/pos/a.csv', 'raw/pos/b.csv']);
    equal(await match('raw/**/*.csv', 'raw/x.parquet'), [
      'raw/pos/a.csv',
      'raw/pos/b.csv',
      'raw/pos/deep/c.csv',
      'raw/x.parquet',
    ]);
    equal(await match('**/?.csv'), ['raw/pos/a.csv', 'raw/pos/b.csv', 'raw/pos/deep/c.csv']);
    for (const pattern of ['raw/*.json', 'raw/none.csv', 'raw/pos'])
      equal(await codeOf(() => folder.match([pattern])), 'source.file_missing');
    equal(await codeOf(() => folder.match(['../*.csv'])), 'engine.denied');
  },

  'a file is kept by its hash, and the original stays': async (tools) => {
    const folder = await openShop(tools);
    await tools.tree.write(`${DIR}/raw/a.CSV`, 'a\n1\n');
    const kept = await folder.keep(`${DIR}/raw/a.CSV`);
    const sha256 = sha256OfText('a\n1\n');
    equal(kept, {
      path: 'raw/a.CSV',
      kept: `.teal/raw/${sha256.slice(0, 2)}/${sha256}.csv`,
      sha256,
      bytes: 4,
    });
    equal(await tools.tree.text(`${DIR}/raw/a.CSV`), 'a\n1\n');
    equal(await tools.tree.text(folder.resolve(kept.kept)), 'a\n1\n');
    equal(await folder.verify(kept.kept), sha256);
    equal(await folder.verify('.teal/raw/none'), null);
    equal(await codeOf(() => folder.keep(`${DIR}/raw/none.csv`)), 'source.file_missing');
  },

  'what did not change is not read again, also after a restart': async (tools) => {
    const folder = await openShop(tools);
    await tools.tree.write(`${DIR}/raw/a.csv`, 'a\n1\n');
    const first = await folder.keep(`${DIR}/raw/a.csv`);
    await folder.saveIndex();
    // a kept file that is no longer what its name says is believed: only one that was read again would tell
    await tools.tree.write(folder.resolve(first.kept), 'not read again');
    const next = await tools.platform.openFolder(DIR);
    equal(await next.keep(`${DIR}/raw/a.csv`), first);
    equal(await tools.tree.text(folder.resolve(first.kept)), 'not read again');
    await tools.tree.write(`${DIR}/raw/a.csv`, 'a\n22\n');
    equal((await next.keep(`${DIR}/raw/a.csv`)).sha256, sha256OfText('a\n22\n'));
    await tools.tree.remove(folder.resolve(first.kept));
    await tools.tree.write(`${DIR}/raw/a.csv`, 'a\n1\n');
    equal((await next.keep(`${DIR}/raw/a.csv`)).sha256, first.sha256);
    equal(await tools.tree.text(folder.resolve(first.kept)), 'a\n1\n');
  },

  'an upload is moved where it is kept, and brought into raw/ under a free name': async (tools) => {
    const folder = await openShop(tools);
    await tools.tree.write(`${DIR}/raw/a.csv`, 'other');
    const path = await send(tools.platform, 'a.csv', bytes('a\n1\n'));
    const kept = await folder.keep(path);
    equal(await tools.tree.file(path), null);
    equal(await folder.bringIn(kept, path), { path: 'raw/a-2.csv', isNew: true });
    equal(await tools.tree.text(`${DIR}/raw/a-2.csv`), 'a\n1\n');
    const again = await send(tools.platform, 'a.csv', bytes('a\n1\n'));
    equal(await folder.bringIn(await folder.keep(again), again), { path: 'raw/a-2.csv', isNew: false });
    equal(await folder.bringIn({ ...kept, path: 'raw/x.csv' }, 'raw/x.csv'), {
      path: 'raw/x.csv',
      isNew: false,
    });
  },

  'keeping that is called off leaves nothing': async (tools) => {
    const folder = await openShop(tools);
    await tools.tree.write(`${DIR}/raw/a.csv`, new Blob([new Uint8Array(40 << 20)]));
    const off = new AbortController();
    const keeping = folder.keep(`${DIR}/raw/a.csv`, off.signal);
    setTimeout(() => off.abort(), 5);
    equal(await codeOf(() => keeping), 'cancelled');
    equal(await filesBelow(tools.tree, `${DIR}/.teal`), []);
    equal((await tools.tree.file(`${DIR}/raw/a.csv`))?.size, 40 << 20);
  },

  'a large file is hashed by pieces': async (tools) => {
    const folder = await openShop(tools);
    const handle = await tools.tree.open(`${DIR}/raw/large.csv`);
    const piece = new Uint8Array(1 << 20).fill(7);
    for (let at = 0; at < 256; at++) handle.write(piece, { at: at << 20 });
    handle.close();
    const { sha256, bytes: size } = await folder.keep(`${DIR}/raw/large.csv`);
    equal([sha256, size], ['4ba7b12e2be356c6d8ed4e78d3eb4d754688957b9ed7158cf1741ed79efbeee2', 256 << 20]);
  },
};
