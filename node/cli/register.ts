import type { Verb } from './run-verb';

/** Hands a verb's action to whoever runs it and sets the exit code. */
export type Register = (verb: Verb) => Promise<void>;
