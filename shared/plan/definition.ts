import { statedKey } from '../project/model';
import type { Definition, ModelText } from '../release/definition';
import type { Candidate } from './editions/candidate';
import { kindData } from './editions/settings';

/** A model's text with all that rendering it again needs. */
export function textOf({ model, edition }: Candidate): ModelText {
  const { query, before, after, onVirtualUpdate, definitions, blueprint } = model;
  return {
    ...{ query, before, after, onVirtualUpdate, definitions, blueprint },
    variables: edition.source.variables,
  };
}

/** What a version pins of its model. */
export function definitionOf(candidate: Candidate, parents: Readonly<Record<string, unknown>>): Definition {
  const { model, edition } = candidate;
  return {
    ...textOf(candidate),
    file: model.file,
    kind: JSON.stringify(kindData(model.kind)),
    cron: model.cron,
    parents: Object.keys(parents),
    metadata: edition.print.metadata,
    key: statedKey(model),
  };
}
