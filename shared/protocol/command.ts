import type * as z from 'zod/mini';

/**
 * What a command may do: `look` reads only, `file` writes project files, `shadow` writes tables that nobody reads yet,
 * `live` changes what readers of prod see.
 */
type Risk = 'look' | 'file' | 'shadow' | 'live';

/** One row of the command table: the product's whole surface is made of these. */
export interface Command<
  Input extends z.ZodMiniType = z.ZodMiniType,
  Output extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly title: string;
  readonly input: Input;
  readonly output: Output;
  readonly risk: Risk;
  /** how it is taken back, in words, or `none` where nothing needs taking back */
  readonly undo: string;
  /** the same thing on the command line, shown in the palette; absent for what only a window needs */
  readonly line?: string;
}

export function command<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  row: Command<Input, Output>,
): Command<Input, Output> {
  return row;
}
