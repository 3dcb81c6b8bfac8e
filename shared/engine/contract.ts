import { Fault, type Problem } from '../base/errors';
import type { Row } from '../base/rows';

/** What an engine can do; code asks for the capability, never for the engine. */
export interface Capabilities {
  /** several views can be replaced in one transaction that readers see whole or not at all */
  readonly multiViewAtomic: boolean;
  readonly readsParquet: boolean;
  readonly readsCsv: boolean;
  /** has the functions that tell of a Parquet file's inside */
  readonly parquetMetadata: boolean;
  readonly json: boolean;
  readonly timeZones: boolean;
  /** spills to disk when memory is short */
  readonly spill: boolean;
  /** an acknowledged commit survives the end of the process at any instant */
  readonly durableCommit: boolean;
  /** statements of several sessions run at the same time */
  readonly concurrentReads: boolean;
}

export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  /** the catalog's name under which the warehouse is attached */
  readonly catalog: string;
  readonly capabilities: Capabilities;
}

/** A statement ready to run; `Sql` of `shared/sql` is one. */
export interface Statement {
  readonly text: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** A piece of a result; rows are arrays in the order of `columns`. */
export interface RowPage {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface StatementOptions {
  readonly signal?: AbortSignal;
}

/**
 * One conversation with the engine: a connection with its own search path and transaction. Not for concurrent use: one statement
 * at a time; a second call waits for the first, but a call inside a loop over this session's own pages throws, as it would wait
 * for ever. Every failure of a statement is an `EngineFault`.
 */
export interface Session {
  /** Runs one or more statements and gives the number of rows that the last one changed. */
  run(statement: Statement, options?: StatementOptions): Promise<number>;
  /** All rows of a small result. */
  rows(statement: Statement, options?: StatementOptions): Promise<readonly Row[]>;
  /** A result as pages of `size` rows, read only as fast as they are taken; ending the loop early frees the engine. */
  pages(
    statement: Statement,
    options?: StatementOptions & { readonly size?: number },
  ): AsyncIterable<RowPage>;
  /** Names and types that a query would give, without running it. */
  describe(query: Statement, options?: StatementOptions): Promise<readonly ResultColumn[]>;
  /** Commits when `work` ends, rolls back when it throws or is aborted. Does not nest. */
  transaction<T>(work: () => Promise<T>, options?: StatementOptions): Promise<T>;
  /** Gives the session back, after rolling back what is open and resetting its search path. */
  release(): Promise<void>;
}

/**
 * `interactive` sessions never wait behind a backfill; there is one `writer`, and further calls for it queue in order;
 * `background` sessions read for long and come after both.
 */
export type Lane = 'interactive' | 'writer' | 'background';

export interface Engine {
  readonly info: EngineInfo;
  session(lane: Lane, options?: StatementOptions): Promise<Session>;
  /** Bytes of memory in use, the limit, and bytes of the warehouse on disk. */
  usage(): Promise<{
    readonly memoryBytes: number;
    readonly memoryLimitBytes: number;
    readonly warehouseBytes: number;
  }>;
  /** Writes what is committed into the main file, so that a plain copy of it is whole. */
  checkpoint(): Promise<void>;
  /** Ends all sessions; running statements are interrupted. */
  close(): Promise<void>;
}

/** More of an engine's failure than a Problem says; `position` counts UTF-16 units of the statement's text from 0. */
export interface EngineDetail {
  readonly type: string;
  readonly subtype?: string;
  readonly position?: number;
  readonly name?: string;
  readonly candidates?: string;
}

export class EngineFault extends Fault {
  readonly detail: EngineDetail;

  constructor(problem: Problem, detail: EngineDetail) {
    super(problem);
    this.name = 'EngineFault';
    this.detail = detail;
  }
}

/** Runs `work` with a session of the lane and gives it back whatever happens. */
export async function withSession<T>(
  engine: Engine,
  lane: Lane,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await engine.session(lane);
  try {
    return await work(session);
  } finally {
    await session.release();
  }
}
