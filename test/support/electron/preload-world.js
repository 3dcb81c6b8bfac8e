// Runs in a world of its own beside the page's: what Electron gives a sandboxed preload script, over one binding to Node.
// Called with the preload's text as a function of `require`.
(preload) => {
  if (window !== window.top || !window.location.protocol.startsWith('http')) return;
  const listeners = new Map();
  const calls = new Map();
  const ports = new Map();
  const apis = new Map();
  let last = 0;

  const pack = (data) => (data instanceof Uint8Array ? { bytes: data.toBase64() } : { json: data ?? null });
  const unpack = ({ bytes, json }) => (bytes === undefined ? json : Uint8Array.fromBase64(bytes));
  const toNode = (message) => globalThis.tealToNode(JSON.stringify(message));

  const openPort = (id) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => toNode({ kind: 'port', id, ...pack(data) });
    port1.addEventListener('close', () => toNode({ kind: 'close', id }));
    ports.set(id, port1);
    return port2;
  };

  globalThis.tealFromNode = (message) => {
    const { kind, id } = message;
    if (kind === 'port') ports.get(id)?.postMessage(unpack(message));
    if (kind === 'close') ports.get(id)?.close();
    if (kind === 'result') calls.get(id)?.(message);
    if (kind === 'event') {
      const event = { ports: message.ports.map(openPort), senderId: 0 };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
    }
  };

  const ipcRenderer = {
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    send: (channel, ...args) => toNode({ kind: 'send', channel, args }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        calls.set(id, ({ value, error }) => {
          calls.delete(id);
          if (error === undefined) resolve(value);
          else reject(new Error(error));
        });
        toNode({ kind: 'invoke', id, channel, args });
      }),
  };

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`electron:${name}`, { detail }));
  const contextBridge = {
    exposeInMainWorld: (key, api) => {
      apis.set(key, api);
      const values = Object.entries(api).map(([name, value]) =>
        typeof value === 'function' ? { name, isFunction: true } : { name, value },
      );
      tell('expose', { key, values });
    },
  };
  document.addEventListener('electron:call', ({ detail: { id, key, name, args } }) => {
    const revive = (argument) =>
      argument?.callback === undefined
        ? argument
        : (...given) => tell('callback', { id: argument.callback, given });
    try {
      const value = apis.get(key)[name](...args.map(revive));
      if (!(value instanceof Promise)) return tell('answer', { id, value });
      tell('answer', { id, isPromise: true });
      value.then(
        (settled) => tell('settle', { id, value: settled }),
        (error) => tell('settle', { id, error: String(error) }),
      );
    } catch (error) {
      tell('answer', { id, error: String(error) });
    }
  });
  // A key that the page leaves alone goes on to the menus, as it does in Electron.
  window.addEventListener('keydown', ({ defaultPrevented, key, ctrlKey, shiftKey, altKey }) => {
    if (!defaultPrevented) toNode({ kind: 'key', key, ctrlKey, shiftKey, altKey });
  });

  // A file that was made in the page lies on no disk, unless the test says where it does.
  const webUtils = { getPathForFile: ({ name }) => globalThis.tealPaths?.[name] ?? '' };
  preload((name) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload script cannot require ${name}.`);
    return { contextBridge, ipcRenderer, webUtils };
  });
};
