import { stringify } from 'yaml';
import * as z from 'zod/mini';
import type { Result } from '../base/result';
import { readYaml } from './yaml-file';

const sourceSchema = z.looseObject({
  name: z.string().check(z.regex(/^[\p{L}_][\p{L}\p{N}_]*$/u)),
  files: z.array(z.string()).check(z.minLength(1)),
  format: z.enum(['csv', 'parquet', 'json']),
  csv: z.optional(
    z.looseObject({
      delimiter: z.optional(z.string()),
      quote: z.optional(z.string()),
      header: z.optional(z.boolean()),
      encoding: z.optional(z.string()),
      timestampformat: z.optional(z.string()),
      dateformat: z.optional(z.string()),
      nullstr: z.optional(z.string()),
    }),
  ),
  columns: z.optional(z.record(z.string(), z.string())),
  time_column: z.optional(z.nullable(z.string())),
  key: z._default(z.optional(z.array(z.string())), []),
  on_error: z._default(z.optional(z.enum(['quarantine', 'fail'])), 'quarantine'),
  description: z._default(z.optional(z.string()), ''),
});

/** A named raw input as `sources/<name>.yaml` states it: which files, and how they are read. */
export type SourceFile = z.output<typeof sourceSchema>;

export function readSourceFile(path: string, text: string): Result<SourceFile> {
  return readYaml({ path, text, code: 'source.invalid' }, sourceSchema);
}

export function writeSourceFile(source: SourceFile): string {
  return stringify(source, { lineWidth: 100 });
}
