import type { Project } from '../../project/load';
import type { Model } from '../../project/model';
import type { PlannedAudit } from '../types';

/** A model's audits with their queries: its file's own before the project's, and these before the built-in ones. */
export function pinAudits(project: Project, model: Model): readonly PlannedAudit[] {
  return model.audits.map((call) => {
    const own =
      model.ownAudits.find((audit) => audit.name === call.name) ?? project.audits.get(call.name) ?? null;
    return {
      ...call,
      arguments: { ...own?.defaults, ...call.arguments },
      query: own?.query ?? null,
      stops: call.blocking ?? own?.blocking ?? !call.name.endsWith('_non_blocking'),
      skip: own?.skip ?? false,
    };
  });
}
