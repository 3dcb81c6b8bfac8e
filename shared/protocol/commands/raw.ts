import * as z from 'zod/mini';
import { command } from '../command';
import { page, pageRequest } from '../views/common';
import { quarantinePage, sourceDetail, sourceSummary } from '../views/raw';

const source = z.object({ source: z.string() });

/** Raw data: sources, their snapshots and what could not be read. */
export const rawCommands = {
  'source.list': command({
    title: 'Sources',
    input: z.object({}),
    output: z.object({ sources: z.array(sourceSummary) }),
    risk: 'look',
    undo: 'none',
    line: 'teal sources',
  }),
  'source.read': command({
    title: 'Show a source',
    input: source,
    output: sourceDetail,
    risk: 'look',
    undo: 'none',
    line: 'teal sources NAME',
  }),
  'source.rows': command({
    title: 'Rows of a source',
    input: z.object({ source: z.string(), ...pageRequest }),
    output: page,
    risk: 'look',
    undo: 'none',
  }),
  'source.quarantine': command({
    title: 'Rows of a source that could not be read',
    input: z.object({ source: z.string(), reason: z.optional(z.string()), ...pageRequest }),
    output: quarantinePage,
    risk: 'look',
    undo: 'none',
    line: 'teal sources NAME --quarantine',
  }),
  'source.import': command({
    title: 'Add files',
    /** paths on this machine, or ids of finished uploads; files of one shape become one source */
    input: z.object({
      paths: z.array(z.string()),
      uploads: z.array(z.string()),
      name: z.optional(z.string()),
    }),
    output: z.object({ sources: z.array(sourceSummary) }),
    risk: 'file',
    undo: 'delete sources/NAME.yaml; the originals stay as they are',
    line: 'teal import FILE...',
  }),
  'source.refresh': command({
    title: 'Read a source again',
    input: source,
    output: sourceDetail,
    risk: 'file',
    undo: 'the former snapshot stays',
    line: 'teal sources NAME --refresh',
  }),
  'source.configure': command({
    title: 'Read a source another way',
    input: z.object({ source: z.string(), choices: z.record(z.string(), z.string()) }),
    output: sourceDetail,
    risk: 'file',
    undo: 'choose as before',
  }),
  'upload.begin': command({
    title: 'Begin an upload',
    /** `ahead`: bytes of the files that will follow with it */
    input: z.object({ name: z.string(), bytes: z.number(), ahead: z._default(z.number(), 0) }),
    output: z.object({ upload: z.string() }),
    risk: 'file',
    undo: 'none',
  }),
  'upload.chunk': command({
    title: 'Send a piece of a file',
    input: z.object({ upload: z.string(), offset: z.number(), data: z.instanceof(Uint8Array) }),
    output: z.object({ received: z.number() }),
    risk: 'file',
    undo: 'none',
  }),
} as const;
