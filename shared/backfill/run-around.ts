import { Fault, fault, type Problem } from '../base/errors';
import { DAY } from '../base/time';
import type { Session } from '../engine/contract';
import { renderText } from '../project/render';
import { refuseAround } from '../sql/allowed-statement';
import { codeTokens } from '../sql/lexer';
import { authored } from '../sql/sql';
import { splitStatements } from '../sql/text';
import type { RunContext } from './context';

/**
 * Runs the statements of config.yaml that belong before or after all else, each by itself; a statement that a macro leaves out is none.
 * The first that may not run, or that the engine refuses, ends them and is given as a problem at its place.
 */
export async function runAround(
  context: RunContext,
  session: Session,
  when: 'before' | 'after',
): Promise<Problem | null> {
  for (const statement of context.plan.around[when]) {
    try {
      await runOne(context, session, { statement, when });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return {
        ...error.problem,
        message: `A statement of ${when}_all: ${error.problem.message}`,
        place: context.aroundPlace(statement, when, error.problem.place),
        kept: when === 'before' ? 'Nothing of the plan was carried out.' : 'What was planned is done.',
      };
    }
  }
  return null;
}

async function runOne(
  context: RunContext,
  session: Session,
  { statement, when }: { statement: string; when: 'before' | 'after' },
): Promise<void> {
  const { around, environment, executionTime } = context.plan;
  const rendered = renderText(statement, {
    macros: {
      start: around.span?.from ?? 0,
      end: around.span?.to ?? DAY,
      executionTime,
      variables: { ...around.variables, this_env: environment, schemas: around.schemas, views: around.views },
      values: {},
      stage: `${when}_all`,
    },
    resolvePath: (path) => context.resolvePath(path),
    knowsDay: context.engine.info.capabilities.timeZones,
  });
  if (!rendered.ok) throw new Fault(rendered.problem);
  const { text } = rendered.value;
  for (const { start, end } of splitStatements(text)) {
    const one = text.slice(start, end);
    const tokens = codeTokens(one);
    if (tokens.length === 0) continue;
    const refused = refuseAround(tokens);
    if (refused)
      throw fault('config.invalid', refused.message, {
        remedy: 'Take it out of config.yaml; do it before or after the run.',
      });
    await session.run(authored(one));
  }
}
