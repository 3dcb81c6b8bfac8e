import { fault } from '../../shared/base/errors';
import type { Engine } from '../../shared/engine/contract';
import type { WasmEngineOptions } from './types';

export async function openWasmEngine(options: WasmEngineOptions): Promise<Engine> {
  throw fault('engine.open_failed', `${options.path} cannot be opened: the engine is not built in yet.`);
}
