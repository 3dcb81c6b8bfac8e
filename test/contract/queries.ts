import type { Capabilities } from '../../shared/engine/contract';
import { relationQueries } from './queries-relations';
import { valueQueries } from './queries-values';

/** A query whose rows are the same on every engine, in this order; `needs` names what an engine may lack. */
export interface ContractQuery {
  readonly name: string;
  readonly needs?: readonly (keyof Capabilities)[];
  readonly sql: string;
  readonly rows: readonly (readonly unknown[])[];
}

export const contractQueries: readonly ContractQuery[] = [...valueQueries, ...relationQueries];
