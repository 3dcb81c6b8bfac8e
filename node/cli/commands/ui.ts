import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { Fault, fault, toProblem } from '../../../shared/base/errors';
import type { GlobalOptions, Terminal } from '../context';
import { showFailure } from '../run-verb';

/** The port that is tried first, so that the browser finds the window's remembered layout again. */
const USUAL_PORT = 4747;

interface UiOptions {
  readonly port?: string;
  readonly open: boolean;
}

/** ui: the window in a browser, on a loopback port. */
export function registerUi(
  program: Command,
  use: { options(): GlobalOptions; terminal: Terminal; end(code: number): void },
): void {
  program
    .command('ui')
    .description('open the window in the browser, on a loopback port with a token')
    .option('--port <number>', 'which port; without it the usual one, or a free one')
    .option('--no-open', 'only print the address')
    .action(async (options: UiOptions) => {
      const globals = use.options();
      try {
        await serve(options, globals, use.terminal);
        use.end(0);
      } catch (error) {
        use.end(showFailure(toProblem(error), globals, use.terminal));
      }
    });
}

async function serve(options: UiOptions, globals: GlobalOptions, terminal: Terminal): Promise<void> {
  const { startHost } = await import('../../host/host');
  const { startServer } = await import('../../server/server');
  const { version } = await import('../../host/version');
  const wanted = options.port === undefined ? null : portOf(options.port);
  const host = startHost({ version, way: 'browser on the server' });
  try {
    const dir = resolve(terminal.cwd, globals.project);
    if (existsSync(join(dir, 'config.yaml'))) await host.service.open(dir);
    const start = (port: number | null) =>
      startServer({ assets: { dir: windowDir() }, port, attach: (carrier) => host.attach(carrier) });
    const server =
      wanted === null
        ? await start(USUAL_PORT).catch((error: unknown) => anyPort(error, start))
        : await start(wanted);
    terminal.out(
      globals.json
        ? JSON.stringify({ url: server.url, port: server.port, pid: process.pid })
        : `Teal is open at ${server.url}\nPress Ctrl-C to end it.`,
    );
    if (options.open) openBrowser(server.url, terminal);
    await interrupted();
    await server.close();
  } finally {
    await host.close();
  }
}

function anyPort<T>(error: unknown, start: (port: number | null) => Promise<T>): Promise<T> {
  if (error instanceof Fault && error.problem.code === 'server.port_in_use') return start(null);
  throw error;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw fault('usage.invalid', `A port is a number from 1 to 65535, not ${text}.`);
  return port;
}

function windowDir(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [
    join(here, '../renderer'),
    join(here, '../../renderer'),
    join(here, '../../../dist/renderer'),
  ].find((dir) => existsSync(join(dir, 'index.html')));
  if (!found) throw fault('internal', 'The window has not been built.', { remedy: 'Run npm run build.' });
  return found;
}

function openBrowser(url: string, terminal: Terminal): void {
  const opener =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => terminal.err('No browser could be opened; open the address above yourself.'));
  child.unref();
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
}
