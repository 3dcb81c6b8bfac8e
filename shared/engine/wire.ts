import type { Row } from '../base/rows';
import type { EngineFault, ResultColumn } from './contract';
import type { FaultContext } from './faults';

/** A result that is read piece by piece. */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /** the next rows, as many as come; null at the end */
  next(signals: readonly AbortSignal[]): Promise<readonly (readonly unknown[])[] | null>;
  /** lets go of what was not read; with `keep` an open transaction goes on unharmed */
  end(keep: boolean): Promise<void>;
}

/** One connection of an engine, as a session drives it: one call at a time. Its failures are whatever the engine throws. */
export interface Wire {
  /** runs all statements of a text; gives the number of rows that the last one changed */
  run(text: string, signals: readonly AbortSignal[]): Promise<number>;
  /** runs all statements of a text; gives the rows of the last one */
  rows(text: string, signals: readonly AbortSignal[]): Promise<readonly Row[]>;
  /** runs all statements of a text but begins to read the last one's rows; null where the text holds no statement */
  stream(text: string, signals: readonly AbortSignal[]): Promise<RowStream | null>;
  /** how many statements a text holds; a text that cannot be read throws */
  count(text: string, signals: readonly AbortSignal[]): Promise<number>;
  /** commits so that it lasts; never interrupted, since nobody may be left to wonder */
  commit(): Promise<void>;
  /** what was thrown, as a Fault */
  fault(thrown: unknown, context: FaultContext): Promise<EngineFault>;
  /** takes a fresh connection instead of one that cannot roll back */
  replace(): Promise<void>;
  /** gives the connection up; what is open in it is rolled back */
  close(): Promise<void>;
}
