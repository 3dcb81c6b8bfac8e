import type { Problem } from '../../base/errors';
import { columnOf } from '../../project/block-values';
import type { Model } from '../../project/model';
import type { EditionDraft } from './draft';

/** Models whose time column or partitions their query does not give, as far as its text tells (SQLMesh refuses to load them). */
export function absentColumns(drafts: Iterable<EditionDraft>): readonly Problem[] {
  return [...drafts].flatMap(({ source: { model }, traits }): Problem[] => {
    const given = traits.columns && new Set(traits.columns);
    const absent = given && keysOf(model).find((name) => !given.has(name.toLowerCase()));
    if (!absent) return [];
    const isTime = 'timeColumn' in model.kind && model.kind.timeColumn.toLowerCase() === absent.toLowerCase();
    return [
      {
        code: 'model.invalid',
        message: `${model.name} gives no column ${absent}, which is its ${isTime ? 'time column' : 'partition'}.`,
        place: { file: model.file, model: model.name },
        kept: 'Every other model still works.',
        remedy: `It gives ${traits.columns?.join(', ')}.`,
      },
    ];
  });
}

function keysOf({ kind, partitionedBy }: Model): readonly string[] {
  if (kind.name.startsWith('SCD_')) return [];
  const time =
    kind.name === 'INCREMENTAL_BY_TIME_RANGE' && kind.partitionByTimeColumn ? [kind.timeColumn] : [];
  return [...partitionedBy.flatMap((text) => columnOf(text) ?? []), ...time];
}
