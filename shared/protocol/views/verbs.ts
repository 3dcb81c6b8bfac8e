import * as z from 'zod/mini';
import { instant, problemView } from './common';

/** Half-open spans `[from, to)`, each moment as `2025-02-01 00:00:00` in UTC. */
const ranges = z.array(z.tuple([z.string(), z.string()]));

/** What `teal info` says beside the overview; `connection` is null where it was not tried. */
export const projectFacts = z.object({
  models: z.number(),
  macros: z.number(),
  audits: z.number(),
  tests: z.number(),
  seeds: z.number(),
  connection: z.nullable(z.object({ ok: z.boolean(), detail: z.string() })),
  kinds: z.record(z.string(), z.number()),
});

/** One file that was looked at; `changed`: its layout is not as it should be, or was not. */
const formattedFile = z.object({ file: z.string(), changed: z.boolean() });

export const formatResult = z.object({
  check: z.boolean(),
  files: z.array(formattedFile),
  /** files that are left alone, with why */
  skipped: z.array(z.object({ file: z.string(), why: z.string() })),
});

const violation = z.object({
  rule: z.string(),
  level: z.enum(['error', 'warning']),
  model: z.string(),
  message: z.string(),
  place: z.object({
    file: z.string(),
    line: z.optional(z.number()),
    column: z.optional(z.number()),
  }),
});

export const lintResult = z.object({
  /** whether config.yaml turns the linter on; without it nothing is looked at */
  enabled: z.boolean(),
  models: z.number(),
  violations: z.array(violation),
  problems: z.array(problemView),
});

const environmentModel = z.object({
  version: z.nullable(z.number()),
  done: ranges,
  doneInDevTable: z.optional(ranges),
  /** its change applies from now on: rows done in a table of its own are only tried out */
  forwardOnly: z.optional(z.literal(true)),
});

export const environmentList = z.object({
  environments: z.array(
    z.object({
      name: z.string(),
      live: z.boolean(),
      plannedAt: z.nullable(instant),
      /** when a cleaning takes it away; null: never */
      expiresAt: z.nullable(instant),
      pinned: z.boolean(),
      models: z.record(z.string(), environmentModel),
      /** relation of the virtual layer -> a label of the table behind it */
      relations: z.record(z.string(), z.string()),
    }),
  ),
});

export const missingList = z.object({
  environment: z.string(),
  models: z.record(z.string(), z.object({ count: z.number(), ranges })),
});

export const invalidated = z.object({ environment: z.string(), views: z.number() });

export const cleaned = z.object({
  environments: z.array(z.string()),
  versions: z.array(z.object({ model: z.string(), number: z.number() })),
  tables: z.array(z.object({ table: z.string(), bytes: z.number() })),
  bytes: z.number(),
});

export type LintResult = z.infer<typeof lintResult>;
export type Violation = z.infer<typeof violation>;
export type FormatResult = z.infer<typeof formatResult>;
export type EnvironmentList = z.infer<typeof environmentList>;
export type MissingList = z.infer<typeof missingList>;
export type Cleaned = z.infer<typeof cleaned>;
export type ProjectFacts = z.infer<typeof projectFacts>;
