// Gives a built main module that was imported as `main.js?shell=N` the N-th stand-in as its `electron`.
const NAMES = [
  'app',
  'BrowserWindow',
  'dialog',
  'ipcMain',
  'Menu',
  'MessageChannelMain',
  'nativeTheme',
  'protocol',
  'screen',
  'session',
  'utilityProcess',
];

export async function resolve(specifier, context, next) {
  const number = /[?]shell=(\d+)$/.exec(context.parentURL ?? '')?.[1];
  if (specifier !== 'electron' || number === undefined) return next(specifier, context);
  const source = `export const { ${NAMES.join(', ')} } = globalThis[Symbol.for('teal.stand-ins')].get(${number});`;
  return { url: `data:text/javascript,${encodeURIComponent(source)}`, format: 'module', shortCircuit: true };
}
