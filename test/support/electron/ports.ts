import { EventEmitter } from 'node:events';
import type { MessageChannelMain, MessagePortMain } from 'electron';

/** Where the messages of a port go that was handed to a page or to another process. */
export interface FarEnd {
  deliver(message: unknown): void;
  closed(): void;
}

/** One end of a channel; it can be used here, or handed on once. */
export class StandInPort
  extends EventEmitter
  implements Pick<MessagePortMain, 'start' | 'postMessage' | 'close'>
{
  #other: StandInPort | undefined;
  #waiting: unknown[] = [];
  #isStarted = false;
  #far: FarEnd | undefined;
  #isLost = false;

  static pair(): [StandInPort, StandInPort] {
    const [one, two] = [new StandInPort(), new StandInPort()];
    one.#other = two;
    two.#other = one;
    return [one, two];
  }

  start(): void {
    this.#isStarted = true;
    for (const message of this.#waiting.splice(0)) this.receive(message);
  }

  postMessage(message: unknown): void {
    this.#other?.receive(structuredClone(message));
  }

  /** Closes both ends; the other one hears of it. */
  close(): void {
    const other = this.#other;
    this.#other = undefined;
    other?.lose();
  }

  /** Takes in what the other end sent. */
  receive(message: unknown): void {
    if (this.#far) this.#far.deliver(message);
    else if (this.#isStarted) this.emit('message', { data: message, ports: [] });
    else this.#waiting.push(message);
  }

  /** The other end is gone. */
  lose(): void {
    this.#other = undefined;
    this.#isLost = true;
    if (this.#far) this.#far.closed();
    else this.emit('close');
  }

  /** From now on what arrives goes far away; what comes from there is given to `postMessage`. */
  handOn(far: FarEnd): void {
    this.#far = far;
    for (const message of this.#waiting.splice(0)) far.deliver(message);
    if (this.#isLost) far.closed();
  }
}

export class StandInChannel implements Record<keyof MessageChannelMain, StandInPort> {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    [this.port1, this.port2] = StandInPort.pair();
  }
}

/** The ports that one page or process holds, by number. */
export class HeldPorts {
  readonly #ports = new Map<number, StandInPort>();
  #last = 0;

  hold(port: StandInPort, far: (id: number) => FarEnd): number {
    const id = ++this.#last;
    this.#ports.set(id, port);
    // Only once the number is known over there may messages follow.
    queueMicrotask(() => port.handOn(far(id)));
    return id;
  }

  post(id: number, message: unknown): void {
    this.#ports.get(id)?.postMessage(message);
  }

  close(id: number): void {
    this.#ports.get(id)?.close();
    this.#ports.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#ports.keys()]) this.close(id);
  }
}
