import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { type Fault, fault } from '../../shared/base/errors';
import { EngineFault } from '../../shared/engine/contract';

/**
 * Why a file did not open. Errors of the open call come as plain text (there is no connection yet to ask for JSON), so
 * this is the one place that reads words, and only for the holder's process id.
 */
export function toOpenFault(thrown: unknown, path: string): Fault {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const holder = /PID (\d+)/.exec(text)?.[1];
  return holder === undefined ? openFailed(path, text) : locked(path, Number(holder), text);
}

function locked(path: string, pid: number, cause: string): Fault {
  const program = programOf(pid);
  const who = program === undefined ? `process ${pid}` : `${program} (process ${pid})`;
  return new EngineFault(
    {
      code: 'engine.locked',
      message: `${basename(path)} is held by ${who}.`,
      remedy: `Close ${program ?? 'that program'}.`,
      cause,
    },
    { type: 'IO', name: String(pid) },
  );
}

function openFailed(path: string, cause: string): Fault {
  const written = writerVersion(path);
  const remedy =
    written === undefined
      ? 'Check that the path is right, that it is a DuckDB file and that you may write there; restore it from a copy if it is damaged.'
      : `The file was last written by DuckDB ${written}. Open it with that version or newer, or restore it from a copy.`;
  return fault('engine.open_failed', `${basename(path)} could not be opened as a warehouse.`, {
    remedy,
    cause,
  });
}

function programOf(pid: number): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    const script = words.slice(1).find((word) => !word.startsWith('-') && word.length < 200);
    const program = basename(words[0] ?? readlinkSync(`/proc/${pid}/exe`));
    return script === undefined ? program : `${program} ${basename(script)}`;
  } catch {
    return undefined;
  }
}

// The main header: magic bytes at 8, the library's version as text at 52. Read only after the open failed: closing a
// descriptor of a file that this process holds would drop DuckDB's lock.
function writerVersion(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    const head = Buffer.alloc(84);
    readSync(file, head, 0, head.length, 0);
    closeSync(file);
    if (head.subarray(8, 12).toString('latin1') !== 'DUCK') return undefined;
    return head.subarray(52).toString('latin1').replaceAll('\0', '').trim() || undefined;
  } catch {
    return undefined;
  }
}
