import type { Project } from '../project/load';
import type { WarehouseState } from '../release/types';
import type { Change } from './change';
import type { Fingerprint, Sha256 } from './fingerprint';
import type { ModelGraph } from './graph';
import type { PlannedModel, PlanRequest } from './types';

/** All that a plan is made from; nothing else is looked at. */
export interface PlanInput {
  readonly project: Project;
  readonly graph: ModelGraph;
  readonly prints: ReadonlyMap<string, Fingerprint>;
  readonly state: WarehouseState;
  readonly request: PlanRequest;
  readonly sha256: Sha256;
  readonly now: number;
}

/** What is known of the models planned so far, for those that read them. */
export interface PlanSoFar {
  readonly planned: Map<string, PlannedModel>;
  readonly changes: Map<string, Change>;
  /** models that only take up what time has added: nothing that they held before is computed otherwise */
  readonly appended: Set<string>;
}
