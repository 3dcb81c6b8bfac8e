import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { ForkOptions, UtilityProcess } from 'electron';
import { HeldPorts, type StandInPort } from './ports';

const SHIM = join(import.meta.dirname, 'parent-port.mjs');

interface FromChild {
  readonly kind: 'message' | 'port' | 'close';
  readonly id: number;
  readonly data: unknown;
}

/** A utility process is a forked Node process that runs the very same built module. */
export class StandInUtility
  extends EventEmitter
  implements Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage'>
{
  readonly #child: ChildProcess;
  readonly #ports = new HeldPorts();
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;

  constructor(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}) {
    super();
    this.args = args;
    this.env = { ...(options.env as NodeJS.ProcessEnv) };
    this.#child = fork(modulePath, [...args], {
      execArgv: ['--import', SHIM],
      env: this.env,
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.#hear(message as FromChild));
    this.#child.once('exit', (code) => {
      this.#ports.closeAll();
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  /** Ends it as a crash would. */
  crash(): void {
    this.#child.kill('SIGKILL');
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  postMessage(message: unknown, transfer: unknown[] = []): void {
    const ports = (transfer as StandInPort[]).map((port) =>
      this.#ports.hold(port, (id) => ({
        deliver: (data) => this.#send({ kind: 'port', id, data }),
        closed: () => this.#send({ kind: 'close', id }),
      })),
    );
    this.#send({ kind: 'message', data: message, ports });
  }

  #send(message: object): void {
    // One that has just died takes nothing more.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear({ kind, id, data }: FromChild): void {
    if (kind === 'message') this.emit('message', data);
    else if (kind === 'port') this.#ports.post(id, data);
    else this.#ports.close(id);
  }
}
