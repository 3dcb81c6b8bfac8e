import * as z from 'zod/mini';
import { command } from '../command';
import { storageView } from '../views/storage';

const project = z.object({ dir: z.string() });

/** The room that a browser gives, and the projects in it; a host with a disk has none of these. */
export const storageCommands = {
  'storage.read': command({
    title: "The browser's storage",
    input: z.object({}),
    output: storageView,
    risk: 'look',
    undo: 'none',
  }),
  'storage.remove': command({
    title: "Remove a project from the browser's storage",
    input: project,
    output: z.object({}),
    risk: 'live',
    undo: 'none; download the project before',
  }),
  'storage.pack': command({
    title: 'Download a project',
    input: z.object({ dir: z.string(), warehouse: z._default(z.boolean(), false) }),
    /** `url` is good for this window until it is closed */
    output: z.object({ url: z.string(), name: z.string(), bytes: z.number() }),
    risk: 'look',
    undo: 'none',
  }),
  'storage.unpack': command({
    title: 'Open a downloaded project',
    /** the id of a finished upload of a ZIP file; `name` where it has none of its own */
    input: z.object({ upload: z.string(), name: z.optional(z.string()) }),
    output: project,
    risk: 'file',
    undo: "remove the project from the browser's storage",
  }),
} as const;
