import { isIncremental, type ModelKind } from '../../project/model';
import { canonicalText } from '../../sql/lexer';

/** The part of a kind that decides rows, as SQLMesh sees it: where batches end and what may be restated is not of it. */
export function kindData(kind: ModelKind): readonly unknown[] {
  const lookback = isIncremental(kind) ? kind.lookback : 0;
  switch (kind.name) {
    case 'FULL':
    case 'EMBEDDED':
    case 'EXTERNAL':
    case 'AUDIT':
      return [kind.name];
    case 'VIEW':
      return [kind.name, kind.materialized];
    case 'SEED':
      return [kind.name, kind.csv];
    case 'INCREMENTAL_BY_TIME_RANGE':
      return [kind.name, lookback, kind.timeColumn, kind.timeFormat];
    case 'INCREMENTAL_BY_UNIQUE_KEY':
      return [
        ...[kind.name, lookback, kind.uniqueKey.map(canonicalText)],
        ...[kind.whenMatched, kind.mergeFilter].map((text) => (text === null ? null : canonicalText(text))),
      ];
    case 'INCREMENTAL_BY_PARTITION':
      return [kind.name];
    case 'SCD_TYPE_2_BY_TIME':
      return [...historyData(kind), kind.updatedAt, kind.updatedAtAsValidFrom];
    case 'SCD_TYPE_2_BY_COLUMN':
      return [...historyData(kind), kind.columns, kind.executionTimeAsValidFrom, kind.updatedAt];
  }
}

function historyData(kind: Extract<ModelKind, { name: `SCD_${string}` }>): readonly unknown[] {
  const { name, validFrom, validTo, invalidateHardDeletes, timeType, batchSize } = kind;
  return [
    name,
    kind.uniqueKey.map(canonicalText),
    validFrom,
    validTo,
    invalidateHardDeletes,
    timeType,
    batchSize,
  ];
}

/** Whether nothing is ever made of a model of this kind: its query stands in others or only looks, or its table is somebody else's. */
export function holdsNoRows(kind: ModelKind): boolean {
  return isUnseen(kind) || kind.name === 'EXTERNAL';
}

/** Whether nobody reads a model of this kind by its name: its query stands in others, or only looks. */
export function isUnseen(kind: ModelKind): boolean {
  return kind.name === 'EMBEDDED' || kind.name === 'AUDIT';
}

/** Whether a kind holds rows of its own. */
export function isMaterialized(kind: ModelKind): boolean {
  return !holdsNoRows(kind) && kind.name !== 'VIEW';
}

/** Whether a kind can only be computed again from its start. */
export function restatesWhole(kind: ModelKind): boolean {
  return kind.name !== 'SEED' && !holdsNoRows(kind) && kind.name !== 'INCREMENTAL_BY_TIME_RANGE';
}

/** Whether changes of a model of this kind apply from now on, its earlier rows staying as they are. */
export function isForwardOnly(kind: ModelKind): boolean {
  return isIncremental(kind) && (kind.forwardOnly || kind.name === 'INCREMENTAL_BY_PARTITION');
}

/** Whether a model of this kind is meant to be computed again from time to time. */
export function hasRestatementCron(kind: ModelKind): boolean {
  return isIncremental(kind) && kind.autoRestatementCron !== null;
}

/** When rows of this kind are computed again without being asked for; null: never. */
export function restatementCron(kind: ModelKind): string | null {
  return isIncremental(kind) && !kind.disableRestatement ? kind.autoRestatementCron : null;
}

/** Whether a model of this kind is never computed again unless told so. */
export function refusesRestatement(kind: ModelKind): boolean {
  return isIncremental(kind) && kind.disableRestatement;
}
