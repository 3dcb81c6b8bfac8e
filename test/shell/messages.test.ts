import { describe, expect, it } from 'vitest';
import { hostWord, readMessage, windowMessages } from '../../electron/main/messages';
import { isOwnAddress } from '../../electron/main/policy';

const contents = {};
const window = { webContents: contents } as never;
const own = { sender: contents, senderFrame: { url: 'app://teal/', parent: null } };
const offer = { actions: [], project: null, theme: 'dark' };

const read = (event: object, value: unknown) =>
  readMessage(event as never, window, windowMessages.offer, value);

describe('a message to the shell', () => {
  it('is taken from the own page in the shape that it has', () => {
    expect(read(own, offer)?.value).toEqual(offer);
  });

  it.each([
    ['another window', { ...own, sender: {} }],
    ['another page', { ...own, senderFrame: { url: 'https://example.org/', parent: null } }],
    ['a page that looks like it', { ...own, senderFrame: { url: 'app://teal.example.org/', parent: null } }],
    ['a frame in the page', { ...own, senderFrame: { url: 'app://teal/', parent: {} } }],
    ['a frame that is gone', { ...own, senderFrame: null }],
  ])('is not taken from %s', (_name, event) => {
    expect(read(event, offer)).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['a missing field', { actions: [], theme: 'dark' }],
    ['an unknown theme', { ...offer, theme: 'purple' }],
    ['a text too long', { ...offer, project: 'x'.repeat(5000) }],
    ['too many actions', { ...offer, actions: Array(1001).fill({ id: 'a', title: 'b' }) }],
  ])('is not taken with %s', (_name, value) => {
    expect(read(own, value)).toBeUndefined();
  });

  it('may say only what is known from the host as well', () => {
    expect(hostWord.safeParse({ type: 'closed', kept: null }).success).toBe(true);
    expect(hostWord.safeParse({ type: 'closed', kept: { title: 'Fill', done: 1, total: 2 } }).success).toBe(
      true,
    );
    expect(hostWord.safeParse({ type: 'closed' }).success).toBe(false);
    expect(hostWord.safeParse({ type: 'run', code: 'x' }).success).toBe(false);
  });

  it('knows its own addresses', () => {
    expect(['app://teal', 'app://teal/', 'app://teal/assets/x.js'].map(isOwnAddress)).toEqual([
      true,
      true,
      true,
    ]);
    const foreign = ['app://tealx/', 'app://teal@evil.example/', 'https://teal/', 'file:///etc/passwd'];
    expect(foreign.map(isOwnAddress)).toEqual([false, false, false, false]);
  });
});
