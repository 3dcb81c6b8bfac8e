import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault, fault, toProblem } from '../../../shared/base/errors';
import { version } from '../../host/version';
import type { Reach } from '../../server/reach';
import type { RunningServer } from '../../server/server';
import type { GlobalOptions, Terminal } from '../context';
import { interrupted } from '../drain';
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
  const wanted = options.port === undefined ? null : portOf(options.port);
  if (globals.readOnlyCopy)
    throw fault('usage.invalid', 'The window does not take --read-only-copy.', {
      remedy: `Look with the other verbs: teal -p ${globals.project} --read-only-copy info.`,
    });
  const abort = new AbortController();
  const ended = interrupted().then(() => abort.abort(fault('cancelled', 'Cancelled.')));
  const { reach, started } = await createReach(wanted, terminal, abort.signal);
  try {
    const dir = resolve(terminal.cwd, globals.project);
    if (existsSync(join(dir, 'config.yaml'))) await reach.open(dir);
    if (reach.entry()) return showRunning(reach, wanted, { options, globals, terminal });
    await reach.ownHost();
    const { url, port } = await started();
    terminal.out(
      globals.json
        ? JSON.stringify({ url, port, pid: process.pid })
        : `Teal is open at ${url}\nPress Ctrl-C to end it.`,
    );
    if (options.open) openBrowser(url, terminal);
    await ended;
  } finally {
    await reach.close();
  }
}

/** A way to the project that becomes a host with a server on the wanted port; `started` gives that server. */
async function createReach(
  wanted: number | null,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<{ reach: Reach; started: () => Promise<RunningServer> }> {
  const { Reach: Client } = await import('../../server/reach');
  const { serveHost } = await import('../../server/serve-host');
  const { findWindow } = await import('../../server/assets');
  if (!findWindow())
    throw fault('internal', 'The window has not been built.', { remedy: 'Run npm run build.' });
  const way = 'browser on the server';
  const host = serveHost({ version, way, lasts: 'window' });
  const listen = () =>
    wanted === null
      ? host.listen(USUAL_PORT).catch((error: unknown) => anyPort(error, () => host.listen(null)))
      : host.listen(wanted);
  const reach = new Client({
    version,
    way,
    mayTakeLong: true,
    attaches: true,
    signal,
    say: (text) => terminal.err(text),
    start: async () => {
      await listen();
      return host;
    },
  });
  return { reach, started: listen };
}

/** The address of the host that has the project open already, whose window this becomes another of. */
function showRunning(
  reach: Reach,
  wanted: number | null,
  show: { options: UiOptions; globals: GlobalOptions; terminal: Terminal },
): void {
  const entry = reach.entry();
  if (!entry) return;
  const { pid, port, way } = entry;
  if (wanted !== null && wanted !== port)
    throw fault('host.taken', `Process ${pid} (${way}) has the project open, on port ${port}.`, {
      kept: 'Nothing was started.',
      remedy: `Leave --port out to open its window, or end process ${pid} first.`,
    });
  const { options, globals, terminal } = show;
  const url = `http://127.0.0.1:${port}/#token=${entry.token}`;
  const until = entry.lasts === 'window' ? '' : ' It ends with that command; give teal ui again then.';
  terminal.out(
    globals.json
      ? JSON.stringify({ url, port, pid, running: true })
      : `Process ${pid} (${way}) has the project open already, at ${url}\nThat window is this project's; nothing was started.${until}`,
  );
  if (options.open) openBrowser(url, terminal);
}

function anyPort<T>(error: unknown, start: () => Promise<T>): Promise<T> {
  if (error instanceof Fault && error.problem.code === 'server.port_in_use') return start();
  throw error;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw fault('usage.invalid', `A port is a number from 1 to 65535, not ${text}.`);
  return port;
}

function openBrowser(url: string, terminal: Terminal): void {
  const opener =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => terminal.err('No browser could be opened; open the address above yourself.'));
  child.unref();
}
