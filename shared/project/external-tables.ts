import type { Project } from './load';
import type { Model } from './model';

/**
 * The tables that `external_models.yaml` lists, as models that nothing is ever made of: a plan notices when one is
 * added or changes. Sources of the project may be listed there for SQLMesh, and stay sources.
 */
export function externalTables({
  externals,
  config,
  sources,
}: Pick<Project, 'externals' | 'config' | 'sources'>): readonly Model[] {
  const { cron, start, cronZone } = config.defaults;
  const isSource = (name: string): boolean => name.startsWith('raw.') && sources.has(name.slice(4));
  const listed = [...externals.values()].filter(
    ({ name, file }) => !file.startsWith('config.') && !isSource(name),
  );
  return listed.map(({ name, file, description, columns }) => ({
    ...{ name, file, description, columns, cron, start },
    kind: { name: 'EXTERNAL' },
    cronZone: cronZone ?? null,
    ...{ text: '', query: '', queryStart: 0, owner: '', stamp: '' },
    ...{ intervalUnit: null, relativeStart: null, end: null },
    ...{ allowPartials: false, readsItself: false },
    ...{ tags: [], grain: [], partitionedBy: [], audits: [], properties: [], ownAudits: [] },
    ...{ before: [], after: [], onVirtualUpdate: [], definitions: [], parents: [], tables: [], files: [] },
    ...{ columnDescriptions: {}, blueprint: {} },
  }));
}
