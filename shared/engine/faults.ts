import type { ErrorCode, Problem } from '../base/errors';
import { type EngineDetail, EngineFault } from './contract';

/** What is known about a failed call beside DuckDB's own words. */
export interface FaultContext {
  /** the statement's text, to turn DuckDB's byte position into one of UTF-16 units */
  readonly text?: string;
  /** length of what was put before the author's text */
  readonly prefix?: number;
  /** the warehouse's disk has no room: commits and checkpoints fail without an errno, so it is looked up */
  readonly diskFull?: boolean;
  /** the statement itself begins or ends a transaction, so a transaction error is no conflict */
  readonly transactional?: boolean;
}

interface EngineError {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly error_subtype?: string;
  readonly position?: string;
  readonly errno?: string;
  readonly name?: string;
  readonly candidates?: string;
}

// ENOSPC, EFBIG, EDQUOT: all three mean that the file may not grow
const noRoom = new Set(['28', '27', '122']);

const remedies: Partial<Record<ErrorCode, string>> = {
  'engine.out_of_memory': 'Raise the memory limit, lower the number of threads, or work in smaller batches.',
  'engine.disk_full': 'Free space on the disk of the warehouse, then try again.',
  'engine.denied': 'Move the file into the project, or add its folder as a raw folder of the project.',
  'engine.conflict': 'Nothing was written; run it again.',
  'engine.unsupported': 'Write it without, or open the project in the desktop app or on the command line.',
  internal: 'Close the warehouse and open it again. What was committed is kept.',
};

/** The Fault of a statement that was called off. */
export function cancelled(): EngineFault {
  return new EngineFault({ code: 'cancelled', message: 'Cancelled.' }, { type: 'INTERRUPT' });
}

/** Any failure of DuckDB as an EngineFault; what already is one stays. */
export function toEngineFault(thrown: unknown, context: FaultContext = {}): EngineFault {
  if (thrown instanceof EngineFault) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const error = readError(text);
  const code = codeOf(error, context);
  if (code === 'cancelled') return cancelled();
  const remedy = remedies[code];
  const problem: Problem = {
    code,
    message: humanMessage(error),
    cause: error.exception_message ?? text,
    ...(remedy === undefined ? {} : { remedy }),
  };
  return new EngineFault(problem, detailOf(error, context));
}

// A parser error arrives as "Parser Error: {json}", in the browser as JSON within JSON; all others as bare JSON.
function readError(text: string): EngineError {
  const start = text.indexOf('{');
  try {
    const parsed: unknown = JSON.parse(text.slice(Math.max(0, start)));
    if (typeof parsed === 'object' && parsed !== null) return innermost(parsed);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  return { exception_type: 'Unknown', exception_message: text };
}

function innermost(error: EngineError): EngineError {
  const message = error.exception_message ?? '';
  return error.exception_type === 'Parser' && message.startsWith('{"exception_type"')
    ? readError(message)
    : error;
}

function codeOf(error: EngineError, context: FaultContext): ErrorCode {
  if (lackingExtension(error) !== undefined) return 'engine.unsupported';
  if (error.errno !== undefined && noRoom.has(error.errno)) return 'engine.disk_full';
  switch (error.exception_type) {
    case 'INTERRUPT':
      return 'cancelled';
    case 'Out of Memory':
      return 'engine.out_of_memory';
    case 'Permission':
      return 'engine.denied';
    case 'TransactionContext':
      if (context.diskFull) return 'engine.disk_full';
      return context.transactional ? 'engine.sql' : 'engine.conflict';
    case 'FATAL':
    case 'INTERNAL':
      return context.diskFull ? 'engine.disk_full' : 'internal';
    default:
      return 'engine.sql';
  }
}

// DuckDB names the extension that would bring a function or type; nothing of what it says then helps here.
function lackingExtension(error: EngineError): RegExpExecArray | undefined {
  if (error.exception_type !== 'Catalog') return undefined;
  const found = /with name "?(\w+)"? is not in the catalog, but it exists in the (\w+) extension/.exec(
    error.exception_message ?? '',
  );
  return found ?? undefined;
}

function humanMessage(error: EngineError): string {
  const lacking = lackingExtension(error);
  if (lacking) return `${lacking[1]} is not in this engine: it belongs to DuckDB's extension ${lacking[2]}.`;
  const first = (error.exception_message ?? '').split('\n')[0]?.trim() || 'The statement failed';
  const sentence = /[.!?]$/.test(first) ? first : `${first}.`;
  const names = (error.candidates ?? '').split(',').filter((name) => name !== '');
  if (names.length === 0) return sentence;
  return `${sentence} Did you mean ${names.map((name) => `"${name.trim()}"`).join(' or ')}?`;
}

function detailOf(error: EngineError, context: FaultContext): EngineDetail {
  const position = positionOf(error, context);
  return {
    type: error.exception_type ?? 'Unknown',
    ...(error.error_subtype === undefined ? {} : { subtype: error.error_subtype }),
    ...(position === undefined ? {} : { position }),
    ...(error.name === undefined ? {} : { name: error.name }),
    ...(error.candidates === undefined ? {} : { candidates: error.candidates }),
  };
}

// The parser counts code points, everything after it bytes of UTF-8.
function positionOf(error: EngineError, context: FaultContext): number | undefined {
  if (error.position === undefined || context.text === undefined) return undefined;
  const count = Number(error.position) - (context.prefix ?? 0);
  if (!Number.isInteger(count) || count < 0) return undefined;
  if (error.exception_type === 'Parser') return [...context.text].slice(0, count).join('').length;
  return new TextDecoder().decode(new TextEncoder().encode(context.text).subarray(0, count)).length;
}
