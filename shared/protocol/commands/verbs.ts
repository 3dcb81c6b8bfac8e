import * as z from 'zod/mini';
import { command } from '../command';
import { page } from '../views/common';
import { comparison } from '../views/compare';
import {
  cleaned,
  environmentList,
  formatResult,
  invalidated,
  lintResult,
  missingList,
  projectFacts,
} from '../views/verbs';

const names = z.optional(z.array(z.string()));

/** Looking after a project and its environments, in the words of SQLMesh's command line. */
export const verbCommands = {
  'facts.read': command({
    title: 'What the project holds',
    input: z.object({ connect: z._default(z.boolean(), true) }),
    output: projectFacts,
    risk: 'look',
    undo: 'none',
    line: 'teal info',
  }),
  'models.select': command({
    title: 'Choose models',
    input: z.object({ select: z.array(z.string()) }),
    output: z.object({ models: z.array(z.string()) }),
    risk: 'look',
    undo: 'none',
  }),
  'files.format': command({
    title: 'Lay out SQL files',
    input: z.object({
      paths: names,
      check: z._default(z.boolean(), false),
      indent: z.optional(z.number().check(z.minimum(0), z.maximum(16))),
      maxTextWidth: z.optional(z.number().check(z.minimum(1))),
      normalizeFunctions: z.optional(z.enum(['upper', 'lower'])),
      leadingComma: z.optional(z.boolean()),
      appendNewline: z.optional(z.boolean()),
    }),
    output: formatResult,
    risk: 'file',
    undo: 'Git',
    line: 'teal format',
  }),
  'lint.run': command({
    title: 'Lint models',
    input: z.object({ models: names }),
    output: lintResult,
    risk: 'look',
    undo: 'none',
    line: 'teal lint',
  }),
  'evaluate.run': command({
    title: "Run a model's query without writing",
    input: z.object({
      model: z.string(),
      environment: z.optional(z.string()),
      start: z.optional(z.string()),
      end: z.optional(z.string()),
      executionTime: z.optional(z.string()),
      limit: z._default(z.number().check(z.positive(), z.maximum(100_000)), 1000),
    }),
    output: page,
    risk: 'look',
    undo: 'none',
    line: 'teal evaluate MODEL',
  }),
  'tables.compare': command({
    title: 'Compare tables or the models of two environments',
    /** `old` and `new` are environments, or tables where no model is named */
    input: z.object({
      old: z.string(),
      new: z.string(),
      models: names,
      on: names,
      skipColumns: names,
      where: z.optional(z.string()),
      decimals: z._default(z.number().check(z.minimum(0), z.maximum(15)), 3),
      ignoreCase: z._default(z.boolean(), false),
    }),
    output: comparison,
    risk: 'look',
    undo: 'none',
    line: 'teal table_diff SOURCE:TARGET',
  }),
  'environment.list': command({
    title: 'Environments',
    input: z.object({}),
    output: environmentList,
    risk: 'look',
    undo: 'none',
    line: 'teal environments',
  }),
  'environment.missing': command({
    title: 'Intervals that an environment lacks',
    input: z.object({
      environment: z.optional(z.string()),
      select: names,
      start: z.optional(z.string()),
      end: z.optional(z.string()),
    }),
    output: missingList,
    risk: 'look',
    undo: 'none',
    line: 'teal check_intervals ENVIRONMENT',
  }),
  'environment.invalidate': command({
    title: 'Take an environment away',
    input: z.object({ environment: z.string() }),
    output: invalidated,
    risk: 'shadow',
    undo: 'plan the environment again',
    line: 'teal invalidate ENVIRONMENT',
  }),
  'warehouse.clean': command({
    title: 'Take away what is no longer kept',
    input: z.object({
      ignoreTtl: z._default(z.boolean(), false),
      environment: z.optional(z.string()),
    }),
    output: cleaned,
    risk: 'shadow',
    undo: 'none; what is taken away must be computed again',
    line: 'teal janitor',
  }),
} as const;
