/** A statement beside a model's query, with where it begins in the file. */
export interface Statement {
  readonly text: string;
  readonly start: number;
}
