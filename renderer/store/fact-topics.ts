import type { FactTopic } from '../../shared/protocol/events';
import type { CommandId } from '../../shared/protocol/table';

/** The commands that can be mirrored as facts, and the topics after which they must be asked again. */
export const factTopics = {
  'app.info': [],
  'app.recent': ['project', 'releases'],
  'app.folders': [],
  'project.overview': ['project', 'graph', 'sources', 'run', 'releases'],
  'project.graph': ['project', 'graph', 'sources', 'run', 'releases'],
  'model.read': ['project', 'graph'],
  'model.impact': ['project', 'graph', 'releases'],
  'model.preview': ['project', 'graph', 'sources', 'releases'],
  'model.render': ['project', 'graph', 'releases'],
  'audit.results': ['project', 'graph', 'history', 'run'],
  'audit.failures': ['project', 'history', 'run'],
  'models.select': ['project', 'graph'],
  'environment.list': ['project', 'releases', 'run'],
  'query.run': ['project', 'graph', 'sources', 'releases'],
  'doctor.run': [],
  'source.list': ['project', 'sources'],
  'source.read': ['project', 'graph', 'sources'],
  'source.rows': ['project', 'sources'],
  'source.quarantine': ['project', 'sources'],
  'plan.briefs': ['project', 'graph'],
  'plan.build': ['project', 'graph', 'sources', 'run', 'releases'],
  'plan.differences': ['project'],
  'backfill.status': ['project', 'run'],
  'compare.run': ['project', 'releases'],
  'compare.rows': ['project'],
  'release.list': ['project', 'releases', 'run'],
  'release.preview': ['project', 'releases', 'run'],
  'release.rollbackPreview': ['project', 'releases'],
  'history.list': ['project', 'history', 'run'],
  'history.read': ['project', 'history', 'run'],
  'storage.read': ['storage', 'project', 'sources', 'run'],
} as const satisfies Partial<Record<CommandId, readonly FactTopic[]>>;

export type FactId = keyof typeof factTopics;
