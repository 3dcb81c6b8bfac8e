// Loaded before a utility process' own module: `process.parentPort` over the channel of a forked Node process.
import { EventEmitter } from 'node:events';

const ports = new Map();

class Port extends EventEmitter {
  #id;
  #waiting = [];
  #isStarted = false;

  constructor(id) {
    super();
    this.#id = id;
  }

  start() {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.receive(data);
  }

  postMessage(data) {
    process.send?.({ kind: 'port', id: this.#id, data });
  }

  close() {
    process.send?.({ kind: 'close', id: this.#id });
  }

  receive(data) {
    if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }
}

class ParentPort extends EventEmitter {
  #waiting = [];

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'message') queueMicrotask(() => this.start());
    });
  }

  start() {
    for (const event of this.#waiting.splice(0)) this.emit('message', event);
  }

  postMessage(data) {
    process.send?.({ kind: 'message', data });
  }

  receive(event) {
    if (this.listenerCount('message') > 0) this.emit('message', event);
    else this.#waiting.push(event);
  }
}

const parentPort = new ParentPort();
process.parentPort = parentPort;

process.on('message', ({ kind, id, data, ports: ids = [] }) => {
  if (kind === 'port') ports.get(id)?.receive(data);
  if (kind === 'close') {
    ports.get(id)?.emit('close');
    ports.delete(id);
  }
  if (kind !== 'message') return;
  const taken = ids.map((number) => {
    const port = new Port(number);
    ports.set(number, port);
    return port;
  });
  parentPort.receive({ data, ports: taken });
});
process.on('disconnect', () => process.exit(0));
