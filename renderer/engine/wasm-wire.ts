import type { Problem } from '../../shared/base/errors';
import type { Row } from '../../shared/base/rows';
import { EngineFault } from '../../shared/engine/contract';
import { type FaultContext, toEngineFault } from '../../shared/engine/faults';
import type { RowStream, Wire } from '../../shared/engine/wire';
import { authored, sql } from '../../shared/sql/sql';
import { type StatementSpan, sourceOffset, splitStatements } from '../../shared/sql/text';
import { fullProblem, type WasmDatabase } from './database';
import { type Connection, execute, fetchRest } from './execution';
import { type CopyTarget, copyTarget } from './files/copy-target';
import type { FileStatement, FileStatements } from './files/file-statements';
import { writeParquetFile } from './files/parquet-out';
import { WasmStream } from './result-stream';
import { kindOf } from './statement';
import { columnsOf, fieldsOf, hasEnum, rowsOf } from './values/batches';
import { castEnums } from './values/cast-enums';
import { castForParquet, plainStream } from './values/plain-batches';

type Signals = readonly AbortSignal[];

/** A wire over one connection of the engine in the browser. What it commits by itself lasts when the call ends. */
export class WasmWire implements Wire {
  private connection: Connection;
  private endTransaction: (() => void) | undefined;
  private wrote = false;

  constructor(
    private readonly database: WasmDatabase,
    id: number,
    private readonly files: FileStatements,
  ) {
    this.connection = this.connectionOf(id);
  }

  async run(text: string, signals: Signals): Promise<number> {
    const spans = splitStatements(text);
    let changed = 0;
    for (const span of spans) changed = await this.runOne(text, span, signals);
    return changed;
  }

  async rows(text: string, signals: Signals): Promise<readonly Row[]> {
    const { head, pieces } = await this.result(text, signals);
    const names = columnsOf(fieldsOf(head)).map((column) => column.name);
    return rowsOf(head, pieces).map((row) =>
      Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
    );
  }

  async stream(text: string, signals: Signals): Promise<RowStream | null> {
    const last = await this.runAllButLast(text, signals);
    if (!last) return null;
    return this.located({ text, span: last, signals }, async (statement) => {
      const head = await this.begin(statement, { whole: false, signals });
      const fields = fieldsOf(head);
      if (!fields.some(hasEnum)) return new WasmStream(this.database, this.connection, head);
      await this.connection.db.cancelPendingQuery(this.connection.id);
      const columns = await this.columnsOf(statement, signals);
      const shown = await this.begin(castEnums(statement, fields), { whole: false, signals });
      return new WasmStream(this.database, this.connection, shown, columns);
    });
  }

  async count(text: string): Promise<number> {
    return splitStatements(text).length;
  }

  async commit(): Promise<void> {
    try {
      await execute(this.connection, sql`COMMIT`.text, { whole: true, signals: [] });
    } catch (thrown) {
      // The engine has rolled it back: nothing of it is to be kept, and nobody waits for it any more.
      this.wrote = false;
      await this.leaveTransaction();
      throw thrown;
    }
    await this.leaveTransaction();
  }

  async fault(thrown: unknown, context: FaultContext): Promise<EngineFault> {
    if (isFull(thrown)) this.database.breakDown(fullProblem);
    else if (isTrap(thrown)) this.database.breakDown(trapProblem(thrown));
    const failure = isFull(thrown)
      ? new EngineFault(fullProblem, { type: 'IO' })
      : toEngineFault(thrown, context);
    const { position } = failure.detail;
    const prefix = failure === thrown ? (context.prefix ?? 0) : 0;
    return prefix === 0 || position === undefined ? failure : placed(failure, Math.max(0, position - prefix));
  }

  async replace(): Promise<void> {
    await this.close();
    this.connection = this.connectionOf(await this.database.db.connectInternal());
  }

  async close(): Promise<void> {
    await this.connection.db.disconnect(this.connection.id).catch(() => undefined);
    this.wrote = false;
    await this.leaveTransaction();
  }

  private connectionOf(id: number): Connection {
    return { db: this.database.db, id, stuck: () => this.database.breakDown(stuckProblem) };
  }

  private async runOne(text: string, span: StatementSpan, signals: Signals): Promise<number> {
    const kind = kindOf(span.tokens);
    const target = copyTarget(span.tokens);
    if (target?.format === 'parquet') return this.copyParquet(text, { span, target, signals });
    const changed = await this.located({ text, span, signals }, async (statement) => {
      const head = await this.begin(statement, { whole: true, signals });
      const pieces = await fetchRest(this.connection, []);
      return kind.counts ? countIn(head, pieces) : 0;
    });
    if (target) await this.files.keepWritten(target.path);
    this.wrote ||= kind.writes;
    if (kind.control === 'begin') this.enterTransaction();
    if (kind.control === 'end' || this.endTransaction === undefined) await this.leaveTransaction();
    return changed;
  }

  /** The engine writes no Parquet: the rows are taken out of it, in types that Parquet has, and written beside it. */
  private async copyParquet(
    text: string,
    of: { span: StatementSpan; target: CopyTarget; signals: Signals },
  ): Promise<number> {
    const { span, target, signals } = of;
    const source = { start: span.start + target.start, end: span.start + target.end, tokens: target.tokens };
    return this.located({ text, span: source, signals }, async (statement) => {
      const query = sql`SELECT * FROM (${authored(statement)}) AS copied_rows`.text;
      let head = await this.begin(query, { whole: true, signals });
      const cast = castForParquet(query, fieldsOf(head));
      if (cast !== null) head = await this.begin(cast, { whole: true, signals });
      const pieces = await fetchRest(this.connection, signals);
      return writeParquetFile(this.files, target.path, plainStream(head, pieces));
    });
  }

  private async result(text: string, signals: Signals) {
    const last = await this.runAllButLast(text, signals);
    if (!last) return { head: new Uint8Array(), pieces: [] };
    const result = await this.located({ text, span: last, signals }, async (statement) => {
      const head = await this.begin(statement, { whole: true, signals });
      const fields = fieldsOf(head);
      if (!fields.some(hasEnum)) return { head, pieces: await fetchRest(this.connection, signals) };
      await fetchRest(this.connection, signals);
      const shown = await this.begin(castEnums(statement, fields), { whole: true, signals });
      return { head: shown, pieces: await fetchRest(this.connection, signals) };
    });
    this.wrote ||= kindOf(last.tokens).writes;
    if (this.endTransaction === undefined) await this.leaveTransaction();
    return result;
  }

  private async runAllButLast(text: string, signals: Signals): Promise<StatementSpan | undefined> {
    const spans = splitStatements(text);
    for (const span of spans.slice(0, -1)) await this.runOne(text, span, signals);
    return spans.at(-1);
  }

  /** Runs one statement of a text, its files at hand; a failure's place is one of the whole text. */
  private async located<T>(
    at: { readonly text: string; readonly span: StatementSpan; readonly signals: Signals },
    call: (statement: string) => Promise<T>,
  ): Promise<T> {
    const { text, span, signals } = at;
    const own = text.slice(span.start, span.end);
    const inTransaction = this.endTransaction !== undefined;
    if (!inTransaction) await this.database.passGate();
    const request = { connection: this.connection, text: own, inTransaction, signals };
    try {
      const statement = await this.files.prepare(request);
      this.wrote ||= statement.loaded && inTransaction;
      return await this.database.during(this.traced(statement, span, call));
    } catch (thrown) {
      throw shifted(thrown, span.start);
    }
  }

  private async traced<T>(
    statement: FileStatement,
    span: StatementSpan,
    call: (statement: string) => Promise<T>,
  ): Promise<T> {
    try {
      return await call(statement.text);
    } catch (thrown) {
      if (isTrap(thrown) || isFull(thrown)) throw thrown;
      const failure = toEngineFault(thrown, { text: statement.text, transactional: isControl(span) });
      const { position } = failure.detail;
      if (position === undefined) throw failure;
      throw placed(failure, sourceOffset(statement.edits, position));
    }
  }

  private begin(text: string, options: { whole: boolean; signals: Signals }): Promise<Uint8Array> {
    return execute(this.connection, text, options);
  }

  private async columnsOf(statement: string, signals: Signals) {
    const described = sql`DESCRIBE ${authored(statement)}`;
    const head = await this.begin(described.text, { whole: true, signals });
    return rowsOf(head, await fetchRest(this.connection, signals)).map((row) => ({
      name: String(row[0]),
      type: String(row[1]),
    }));
  }

  private enterTransaction(): void {
    if (this.endTransaction) return;
    void this.database.during(
      new Promise<void>((resolve) => {
        this.endTransaction = resolve;
      }),
    );
  }

  private async leaveTransaction(): Promise<void> {
    this.endTransaction?.();
    this.endTransaction = undefined;
    if (!this.wrote) return;
    this.wrote = false;
    await this.database.checkpoint();
  }
}

function countIn(head: Uint8Array, pieces: readonly Uint8Array[]): number {
  const [field, more] = fieldsOf(head);
  return field?.name === 'Count' && !more ? Number(rowsOf(head, pieces)[0]?.[0] ?? 0) : 0;
}

function placed(failure: EngineFault, position: number): EngineFault {
  return new EngineFault(failure.problem, { ...failure.detail, position });
}

/** A failure inside a statement that begins later in its text. */
function shifted(thrown: unknown, by: number): unknown {
  if (!(thrown instanceof EngineFault) || thrown.detail.position === undefined) return thrown;
  return placed(thrown, thrown.detail.position + by);
}

function isControl(span: StatementSpan): boolean {
  return kindOf(span.tokens).control !== null;
}

// Thrown by a write of the storage, straight through the engine's code.
function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && /storage of the browser is full/i.test(thrown.message);
}

// The engine's code itself stumbled; its memory is no longer to be trusted.
function isTrap(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    !(thrown instanceof EngineFault) &&
    /unreachable|out of bounds|signature mismatch|Aborted\(|call stack size|null function/i.test(
      thrown.message,
    )
  );
}

const stuckProblem: Problem = {
  code: 'internal',
  message: 'The engine in this page did not stop in time.',
  kept: 'What was acknowledged is in the browser’s storage; the statement under way is taken back.',
  remedy: 'It is started anew. A run that was under way can be resumed.',
};

function trapProblem(thrown: unknown): Problem {
  return {
    code: 'internal',
    message: 'The engine in this page stopped working.',
    kept: 'What was acknowledged is in the browser’s storage.',
    remedy: 'It is started anew; work in smaller batches if it happens again.',
    cause: String(thrown),
  };
}
