import { readRoom } from '../../../renderer/worker/room';
import { filesBelow } from '../../../renderer/worker/tree';
import type { ProjectStorage } from '../../../shared/service/platform';
import { bytes, type Case, codeOf, equal, send, type Tools } from './cases';

const never = new AbortController().signal;

function storageOf({ platform }: Tools): ProjectStorage {
  if (!platform.storage) throw new Error('The platform has no storage.');
  return platform.storage;
}

/** Projects, uploads and archives in the browser's storage. */
export const storageCases: Readonly<Record<string, Case>> = {
  'the platform says what it is': async ({ platform }) => {
    equal(platform.way, 'static page');
    equal(/^(Chrome|Edge) \d+$/.test(platform.runtime), true);
    equal(platform.sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    equal(new Set([platform.randomId(), platform.randomId()]).size, 2);
    equal(platform.user(), 'Ada');
  },

  'projects are made from the templates of the page': async ({ platform, tree }) => {
    const dir = await platform.createProject('sushi', undefined, undefined);
    equal(dir, '/projects/sushi');
    equal((await tree.list(`${dir}/raw/pos`)).length, 90);
    equal((await (await platform.openFolder(dir)).readText()).has('models/mart/daily_sales.sql'), true);
    equal(await tree.text(`${dir}/make-raw.mjs`), null);
    equal(await platform.createProject('sushi', undefined, undefined), '/projects/sushi-2');
    const named = await platform.createProject('blank', undefined, 'My $& shop');
    equal(named, '/projects/My $& shop');
    equal((await tree.text(`${named}/docs/index.md`))?.startsWith('# My $& shop\n'), true);
    equal(await codeOf(() => platform.createProject('blank', named, undefined)), 'project.exists');
    equal(
      (await platform.listFolders(undefined)).folders.map(({ name, project }) => [name, project]),
      [
        ['My $& shop', true],
        ['sushi', true],
        ['sushi-2', true],
      ],
    );
    equal(await codeOf(() => platform.listFolders('/')), 'project.not_found');
  },

  'recent projects are those that are still there': async ({ platform, tree }) => {
    const entry = (name: string) => ({
      dir: `/projects/${name}`,
      name,
      openedAt: 1,
      state: 'live' as const,
      note: '',
    });
    for (const name of ['a', 'b']) {
      await tree.write(`/projects/${name}/config.yaml`, '');
      await platform.remember(entry(name));
    }
    equal(
      (await platform.recents()).map(({ name }) => name),
      ['b', 'a'],
    );
    await tree.remove('/projects/b');
    equal(
      (await platform.recents()).map(({ name }) => name),
      ['a'],
    );
    await tree.write('/state/recents.json', 'broken');
    equal(await platform.recents(), []);
  },

  'an upload comes in pieces, within what was announced': async ({ platform, tree }) => {
    const upload = await platform.beginUpload('../../etc/My file.csv', 10);
    equal(await platform.writeUpload(upload, 0, bytes('01234')), 5);
    equal(await codeOf(() => platform.uploadPath(upload)), 'usage.invalid');
    equal(await codeOf(() => platform.writeUpload(upload, 7, new Uint8Array(1))), 'usage.invalid');
    equal(await codeOf(() => platform.writeUpload(upload, 5, new Uint8Array(6))), 'usage.invalid');
    equal(await platform.writeUpload(upload, 0, bytes('0123456789')), 10);
    const path = await platform.uploadPath(upload);
    equal(path.endsWith('/My file.csv'), true);
    equal(await tree.text(path), '0123456789');
  },

  'what has no room is refused before it starts': async ({ platform, tree }) => {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    const free = quota - usage;
    equal(await codeOf(() => platform.beginUpload('a.csv', free)), 'engine.disk_full');
    // each byte is needed twice: by its hash, and under its name
    equal(await codeOf(() => platform.beginUpload('a.csv', Math.ceil(free * 0.6))), 'engine.disk_full');
    equal(await codeOf(() => platform.beginUpload('a.csv', 1000)), '');
    equal(await codeOf(() => platform.beginUpload('a.csv', 1000, Math.ceil(free * 0.6))), 'engine.disk_full');
    equal((await filesBelow(tree, '/uploads')).length, 1);
  },

  'a project goes out as a ZIP and comes in again, byte for byte': async (tools) => {
    const { platform, tree } = tools;
    const dir = await platform.createProject('sushi', undefined, undefined);
    await tree.write(`${dir}/.teal/warehouse.duckdb`, new Blob([new Uint8Array(3000).fill(5)]));
    const storage = storageOf(tools);
    for (const warehouse of [false, true]) {
      const { url, name, bytes: size } = await storage.pack(dir, warehouse, never);
      const zip = new Uint8Array(await (await fetch(url)).arrayBuffer());
      equal([name, zip.length], ['sushi.zip', size]);
      const copy = await storage.unpack(await send(platform, name, zip), undefined, never);
      const files = async (root: string) =>
        (await filesBelow(tree, root)).map((path) => path.slice(root.length));
      const expected = (await files(dir)).filter((path) => warehouse || !path.startsWith('/.teal/'));
      equal(await files(copy), expected);
      for (const path of expected) equal(await tree.text(copy + path), await tree.text(dir + path));
    }
    equal(await tree.list('/uploads').then((list) => list.filter(({ isFolder }) => !isFolder)), []);
  },

  'what is no project, or was damaged, makes none': async (tools) => {
    const { platform, tree } = tools;
    const storage = storageOf(tools);
    const unpack = async (content: Uint8Array) =>
      codeOf(async () => storage.unpack(await send(platform, 'x.zip', content), undefined, never));
    equal(await unpack(bytes('no zip at all, but long enough to be one')), 'usage.invalid');
    const dir = await platform.createProject('blank', undefined, undefined);
    const { url } = await storage.pack(dir, false, never);
    const zip = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const at = new TextDecoder('latin1').decode(zip).indexOf('gateways:');
    zip[at] = (zip[at] ?? 0) ^ 1;
    equal(await unpack(zip), 'project.invalid');
    await tree.remove(`${dir}/config.yaml`);
    const bare = await storage.pack(dir, false, never);
    equal(await unpack(new Uint8Array(await (await fetch(bare.url)).arrayBuffer())), 'project.invalid');
    equal(
      (await tree.list('/projects')).map(({ name }) => name),
      ['blank'],
    );
  },

  'a project is removed, and its bytes are said before': async (tools) => {
    const { platform, tree } = tools;
    const storage = storageOf(tools);
    const dir = await platform.createProject('blank', undefined, undefined);
    await tree.write(`${dir}/.teal/warehouse.duckdb`, new Blob([new Uint8Array(5000)]));
    const before = (await storage.read()).projects[0];
    equal([before?.name, before?.warehouseBytes, before?.elsewhere], ['blank', 5000, false]);
    equal((before?.bytes ?? 0) > 5000, true);
    for (const wrong of ['/projects', '/projects/', '/uploads/x', '/projects/../state'])
      equal(await codeOf(() => storage.remove(wrong)), 'project.not_found');
    await storage.remove(dir);
    equal((await storage.read()).projects, []);
  },
};

/** Cases that want a storage of 50 MB. */
export const smallCases: Readonly<Record<string, Case>> = {
  'a small room': async ({ tree, platform }) => {
    const MB = 1024 ** 2;
    const room = await readRoom(tree);
    equal([room.low, room.freeBytes], [true, 48 * MB]);
    equal(await codeOf(() => platform.beginUpload('a.csv', 30 * MB)), 'engine.disk_full');
    const upload = await platform.beginUpload('a.csv', 20 * MB);
    await tree.write('/other', new Blob([new Uint8Array(40 * MB)]));
    const piece = new Uint8Array(MB);
    const sending = async () => {
      for (let at = 0; at < 20; at++) await platform.writeUpload(upload, at * MB, piece);
    };
    equal(await codeOf(sending), 'engine.disk_full');
    equal(await codeOf(() => tree.write('/more', new Blob([new Uint8Array(20 * MB)]))), 'engine.disk_full');
    equal(
      (await tree.list('/')).map(({ name }) => name),
      ['other', 'state', 'uploads'],
    );
  },
};
