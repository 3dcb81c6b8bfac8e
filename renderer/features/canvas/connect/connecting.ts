import { create } from 'zustand';

/** A part of a model's text that waits to be completed by its author. */
export interface Completion {
  readonly model: string;
  readonly from: number;
  readonly to: number;
}

interface Connecting {
  /** the node that is being connected to another one */
  readonly node: string | null;
  readonly completion: Completion | null;
}

const useConnecting = create<Connecting>(() => ({ node: null, completion: null }));

/** Asks for the other end of a connection of this node. */
export function askToConnect(node: string): void {
  useConnecting.setState({ node });
}

export function stopConnecting(): void {
  useConnecting.setState({ node: null });
}

export function useConnectingNode(): string | null {
  return useConnecting(({ node }) => node);
}

/** Takes the editor of the model to what must be completed. */
export function complete(completion: Completion): void {
  useConnecting.setState({ completion });
}

/** What the editor of this model must be taken to, once. */
export function useCompletion(model: string): Completion | undefined {
  return useConnecting(({ completion }) => (completion?.model === model ? completion : undefined));
}

/** The editor has been taken there. */
export function endCompletion(): void {
  useConnecting.setState({ completion: null });
}
