// `npm start`: the desktop window where Electron's binary is at hand, else the same window in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronHome, installedElectron } from './electron.mjs';
import { buildTarget } from './targets.mjs';
import { callerFolder, log, runTeal } from './teal.mjs';
import { packageRoot } from './tools.mjs';

const DOWNLOAD_LIMIT = 120_000;

/** The path of Electron's program, or undefined when it is neither there nor to be had. */
function findElectron() {
  const present = installedElectron();
  if (present || !existsSync(join(electronHome, 'install.js'))) return present;
  // The package fetches its program on first use; in a child process a missing network costs only time.
  spawnSync(process.execPath, [join(electronHome, 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT,
  });
  return installedElectron();
}

function openWindow(electron, args) {
  const child = spawn(electron, [packageRoot, ...args], { stdio: 'inherit', cwd: callerFolder() });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    log(`Electron could not be started: ${error.message}`);
    process.exitCode = 4;
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

async function start(args) {
  await buildTarget('node', { log });
  await buildTarget('renderer', { log });
  const electron = findElectron();
  if (electron) {
    await buildTarget('electron', { log });
    openWindow(electron, args);
    return;
  }
  log(
    "Electron's program could not be downloaded, so Teal opens in the browser; run `npx install-electron` with network access to get the desktop window.",
  );
  await runTeal(['ui', ...args]);
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  log(error.message);
  process.exitCode = 4;
}
