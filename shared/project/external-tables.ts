import type { Project } from './load';
import type { Model } from './model';

/** The tables that `external_models.yaml` lists, as models that nothing is ever made of: a plan notices when one is added or changes. */
export function externalTables({
  externals,
  config,
}: Pick<Project, 'externals' | 'config'>): readonly Model[] {
  const { cron, start, cronZone } = config.defaults;
  const listed = [...externals.values()].filter(({ file }) => !file.startsWith('config.'));
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
