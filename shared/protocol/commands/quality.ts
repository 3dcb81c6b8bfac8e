import * as z from 'zod/mini';
import { command } from '../command';
import { page, pageRequest } from '../views/common';
import { auditFailure, auditReport, auditResult, testResult } from '../views/quality';

/** Audits and unit tests. */
export const qualityCommands = {
  'audit.run': command({
    title: 'Audit what is live',
    input: z.object({
      models: z.optional(z.array(z.string())),
      start: z.optional(z.string()),
      end: z.optional(z.string()),
      executionTime: z.optional(z.string()),
    }),
    output: z.object({
      ok: z.boolean(),
      run: z.string(),
      audits: z.array(auditReport),
      failures: z.array(auditFailure),
    }),
    risk: 'look',
    undo: 'none',
    line: 'teal audit',
  }),
  'audit.results': command({
    title: "What came of a model's audits",
    input: z.object({ model: z.string() }),
    /** newest first, one for each audit of a run */
    output: z.object({ results: z.array(auditResult) }),
    risk: 'look',
    undo: 'none',
  }),
  'audit.failures': command({
    title: 'Failed audits',
    input: z.object({ run: z.optional(z.string()), model: z.optional(z.string()) }),
    output: z.object({ failures: z.array(auditFailure) }),
    risk: 'look',
    undo: 'none',
  }),
  'audit.rows': command({
    title: 'Rows that failed an audit',
    input: z.object({ failure: z.string(), ...pageRequest }),
    output: page,
    risk: 'look',
    undo: 'none',
  }),
  'test.run': command({
    title: 'Run the unit tests',
    input: z.object({
      /** files of `tests/`, `file.yaml::test_name`, or files of models */
      tests: z.optional(z.array(z.string())),
      /** parts of `file.yaml::test_name`, with `*` for anything */
      patterns: z.optional(z.array(z.string())),
      models: z.optional(z.array(z.string())),
    }),
    output: testResult,
    risk: 'look',
    undo: 'none',
    line: 'teal test',
  }),
  'test.create': command({
    title: 'Write a unit test from real rows',
    input: z.object({
      model: z.string(),
      /** a query over the warehouse for each model or table that the tested one reads */
      queries: z.record(z.string(), z.string()),
      variables: z.optional(z.record(z.string(), z.string())),
      overwrite: z._default(z.boolean(), false),
      path: z.optional(z.string()),
      name: z.optional(z.string()),
      includeCtes: z._default(z.boolean(), false),
    }),
    output: z.object({ file: z.string(), test: z.string(), text: z.string() }),
    risk: 'file',
    undo: 'delete the file',
    line: 'teal create_test MODEL --query NAME SQL',
  }),
} as const;
