import { Fault } from '../../shared/base/errors';
import { type Answering, answerCall, type CallContext, type Client } from '../../shared/protocol/port';

/** A client in the same process: the same checks of input as over a wire, without one. */
export function directClient(service: Answering): Client {
  let calls = 0;
  const closers = new Set<() => void>();
  return {
    call: async (id, input, options = {}) => {
      const context: CallContext = {
        call: `direct-${++calls}`,
        signal: options.signal ?? new AbortController().signal,
        progress: (text, done, total) => options.progress?.(text, done ?? null, total ?? null),
      };
      const result = await answerCall({ service, id, input, context });
      if (!result.ok) throw new Fault(result.problem);
      return result.value as never;
    },
    subscribe: (listener) => service.subscribe(listener),
    onClose: (closed) => void closers.add(closed),
    close: () => {
      for (const closed of closers) closed();
    },
  };
}
