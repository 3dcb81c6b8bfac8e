import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import * as z from 'zod/mini';
import type { HostWord, WindowOffer } from '../../shared/protocol/desktop';
import { isOwnAddress } from './policy';

const text = z.string().check(z.maxLength(4096));

const offeredAction = z.object({
  id: text,
  title: text,
  command: z.optional(text),
  keys: z.optional(text),
});

/** The messages that the shell takes from its window, by what they carry. */
export const windowMessages = {
  nothing: z.undefined(),
  offer: z.object({
    actions: z.array(offeredAction).check(z.maxLength(1000)),
    project: z.nullable(text),
    theme: z.enum(['system', 'light', 'dark']),
  }) satisfies z.ZodMiniType<WindowOffer>,
  pickFrom: z.enum(['files', 'folder']),
};

/** What the process of the host may say. */
export const hostWord = z.discriminatedUnion('type', [
  z.object({ type: z.literal('not-opened'), dir: text }),
  z.object({
    type: z.literal('closed'),
    kept: z.nullable(z.object({ title: text, done: z.number(), total: z.number() })),
  }),
]) satisfies z.ZodMiniType<HostWord>;

/** What a second start hands to the first. */
export const startRequest = z.object({ project: z.optional(text) });

interface Sender {
  readonly webContents: Electron.WebContents;
}

/** The value of a message, or undefined where it is malformed or comes from anything but the window's own page. */
export function readMessage<Schema extends z.ZodMiniType>(
  event: IpcMainEvent | IpcMainInvokeEvent,
  from: Sender,
  schema: Schema,
  value: unknown,
): { readonly value: z.output<Schema> } | undefined {
  const frame = event.senderFrame;
  if (event.sender !== from.webContents || !frame || frame.parent !== null || !isOwnAddress(frame.url))
    return undefined;
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data } : undefined;
}
