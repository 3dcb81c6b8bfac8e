import * as z from 'zod/mini';
import { runProgress } from './views/backfill';

/** The facts that a window mirrors; a topic named in `facts.changed` must be fetched again. */
export const factTopic = z.enum(['project', 'graph', 'sources', 'run', 'releases', 'history', 'storage']);

/** Every event that a host sends to its clients. */
export const hostEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('facts.changed'), topics: z.array(factTopic) }),
  z.object({ type: z.literal('run.progress'), progress: runProgress }),
  z.object({
    type: z.literal('call.progress'),
    call: z.string(),
    text: z.string(),
    done: z.nullable(z.number()),
    total: z.nullable(z.number()),
  }),
]);

export type FactTopic = z.infer<typeof factTopic>;
export type HostEvent = z.infer<typeof hostEvent>;
