import type { Project } from './load';
import type { Audit, AuditCall, Model } from './model';

/** An audit call with all that is needed to run it, so that a retry runs exactly this. */
export interface PinnedAudit extends AuditCall {
  /** the project's own query; null for a built-in audit */
  readonly query: string | null;
  /** what stands in for arguments that the call does not give */
  readonly defaults: Readonly<Record<string, string>>;
  /** the variables of config.yaml that its texts use, as they were */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly stops: boolean;
  /** texts of `@DEF(...)` statements beside the query */
  readonly definitions: readonly string[];
  /** it is listed and not run */
  readonly skip: boolean;
  /** the file of the project's own query and where in it the query begins */
  readonly file: string | null;
  readonly at: { readonly line: number; readonly column: number } | null;
}

/** A model's audit call with what it means in the project: an audit of its own file, else one of `audits/`, else a built-in one. */
export function pinAudit(
  project: Pick<Project, 'audits' | 'config'>,
  model: Pick<Model, 'ownAudits'>,
  call: AuditCall,
): PinnedAudit {
  const own = ownAudit(project, model, call.name);
  return {
    ...call,
    defaults: own?.defaults ?? {},
    definitions: own?.definitions ?? [],
    query: own?.query ?? null,
    variables: usedVariables(project, call, own),
    stops: call.blocking ?? own?.blocking ?? !call.name.endsWith('_non_blocking'),
    skip: own?.skip ?? false,
    file: own?.file ?? null,
    at: own?.at ?? null,
  };
}

/** The project's own audit that a call means; undefined where it means a built-in one. */
function ownAudit(
  project: Pick<Project, 'audits'>,
  model: Pick<Model, 'ownAudits'>,
  name: string,
): Audit | undefined {
  return model.ownAudits.find((audit) => audit.name === name) ?? project.audits.get(name);
}

function usedVariables(
  { config }: Pick<Project, 'config'>,
  call: AuditCall,
  own: Audit | undefined,
): Readonly<Record<string, unknown>> {
  const given = [...Object.values(call.arguments), ...Object.values(own?.defaults ?? {})];
  const texts = [own?.query ?? '', ...(own?.definitions ?? []), ...given].filter((text) =>
    text.includes('@'),
  );
  const all = texts.join('\n').toLowerCase();
  return Object.fromEntries(Object.entries(config.variables).filter(([name]) => all.includes(name)));
}
