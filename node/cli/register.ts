import type { Verb, Weight } from './run-verb';

/** Hands a verb's action to whoever runs it and sets the exit code; one that does not only look says so. */
export type Register = (verb: Verb, weight?: Weight) => Promise<void>;
