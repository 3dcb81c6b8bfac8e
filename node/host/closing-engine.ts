import type { Engine } from '../../shared/engine/contract';

/** The same engine, with something left to do once it is closed. */
export function closingEngine(engine: Engine, closed: () => Promise<void>): Engine {
  return {
    get info() {
      return engine.info;
    },
    session: (lane, options) => engine.session(lane, options),
    usage: () => engine.usage(),
    checkpoint: () => engine.checkpoint(),
    close: async () => {
      await engine.close();
      await closed();
    },
  };
}
