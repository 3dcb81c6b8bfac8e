import * as z from 'zod/mini';

/** A moment in UTC as ISO text, `2025-02-01T00:00:00.000Z`. */
export const instant = z.string();

/** A half-open span `[from, to)` of UTC moments in ISO text. */
export const span = z.object({ from: instant, to: instant });

export const problemView = z.object({
  code: z.string(),
  message: z.string(),
  place: z.optional(
    z.object({
      file: z.optional(z.string()),
      line: z.optional(z.number()),
      column: z.optional(z.number()),
      model: z.optional(z.string()),
      source: z.optional(z.string()),
      partition: z.optional(z.string()),
    }),
  ),
  kept: z.optional(z.string()),
  remedy: z.optional(z.string()),
  cause: z.optional(z.string()),
});

export const column = z.object({ name: z.string(), type: z.string() });

/** A cell as the engine's JSON converters give it: decimals, big integers and times are text. */
const cell = z.unknown();

/** One page of rows; `total` is null where counting would cost a scan. */
export const page = z.object({
  columns: z.array(column),
  rows: z.array(z.array(cell)),
  offset: z.number(),
  total: z.nullable(z.number()),
});

export const pageRequest = {
  offset: z._default(z.number().check(z.nonnegative()), 0),
  limit: z._default(z.number().check(z.positive(), z.maximum(1000)), 200),
};

/** What a column holds: `bins` are 12 equal-width counts of numbers and times, or shares of the most frequent texts. */
export const columnProfile = z.object({
  name: z.string(),
  type: z.string(),
  nulls: z.number(),
  distinct: z.number(),
  min: z.nullable(z.string()),
  max: z.nullable(z.string()),
  shape: z.enum(['histogram', 'shares', 'unique', 'none']),
  bins: z.array(z.number()),
});

export type ProblemView = z.infer<typeof problemView>;
export type Page = z.infer<typeof page>;
export type Span = z.infer<typeof span>;
export type ColumnProfile = z.infer<typeof columnProfile>;
