import type { FactTopic, HostEvent } from '../protocol/events';

/** Passes events on to every client of this host. */
export class EventHub {
  private readonly listeners = new Set<(event: HostEvent) => void>();

  subscribe(listener: (event: HostEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: HostEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Says which facts clients must fetch again. */
  changed(...topics: FactTopic[]): void {
    this.emit({ type: 'facts.changed', topics });
  }
}
