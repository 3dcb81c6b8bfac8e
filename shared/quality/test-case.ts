import type { Place, Problem } from '../base/errors';
import type { TestRow } from './test-values';

/** Rows that a test gives or expects, or a query that makes them. */
export interface TestTable {
  readonly rows: readonly TestRow[] | null;
  readonly query: string | null;
  /** types by column where the test states them */
  readonly columns: Readonly<Record<string, string>>;
  /** only the columns that are named are compared */
  readonly partial: boolean;
  readonly place: Place;
}

/** One unit test of one model. */
export interface TestCase {
  readonly name: string;
  readonly model: string;
  readonly description: string;
  readonly place: Place;
  readonly inputs: ReadonlyMap<string, TestTable>;
  readonly query: TestTable | null;
  readonly ctes: ReadonlyMap<string, TestTable>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A test that cannot be read; the others of its file can. */
export interface BrokenTest {
  readonly name: string;
  readonly model: string;
  readonly place: Place;
  readonly problem: Problem;
}

/** The texts of files that a test may name, by path relative to the project. */
export type OtherFiles = ReadonlyMap<string, string>;

/** Where in the file a part of it stands, by its path of keys. */
export type PlaceOf = (path: readonly (string | number)[]) => Place;
