import { stringify } from 'yaml';
import type { Edition } from '../../release/editions';
import type { EditionSource } from './draft';

/**
 * All that an edition says, as text to lay beside another's: its settings, a line each, then its statements and its query.
 * `queryOf` gives the query as it is to be read.
 */
export function editionText(
  { source }: Edition<EditionSource>,
  queryOf: (source: EditionSource) => string,
): string {
  const { model, audits } = source;
  const { kind, cron, start, end, owner, description, tags, grain, partitionedBy, columns } = model;
  const day = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const settings = {
    ...{ kind, cron, start: day(start), end: day(end), owner, description, tags, grain, partitionedBy },
    columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    audits: audits.map(({ name, arguments: given }) => ({ [name]: given })),
    ...Object.fromEntries(model.properties.map(({ name, value }) => [name, value])),
  };
  const texts = [
    ...[...model.definitions, ...model.before].map(({ text }) => text),
    queryOf(source),
    ...[...model.after, ...model.onVirtualUpdate].map(({ text }) => text),
  ];
  return `${stringify(settings)}\n${texts.map((text) => `${text.trim()};`).join('\n\n')}\n`;
}
