import { Fault, fault } from '../base/errors';
import { DAY } from '../base/time';
import type { Session } from '../engine/contract';
import { renderText } from '../project/render';
import { codeTokens, type Token } from '../sql/lexer';
import { authored } from '../sql/sql';
import { identifierOf, splitStatements } from '../sql/text';
import type { RunContext } from './context';

/**
 * Runs the statements of config.yaml that belong before or after all else, each by itself; a statement that a macro leaves out is none.
 * What they may not do, and what the engine refuses, is a fault at the statement's place.
 */
export async function runAround(
  context: RunContext,
  session: Session,
  when: 'before' | 'after',
): Promise<void> {
  for (const statement of context.plan.around[when]) {
    try {
      await runOne(context, session, { statement, when });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new Fault({
        ...error.problem,
        message: `A statement of ${when}_all: ${error.problem.message}`,
        place: context.aroundPlace(statement, when, error.problem.place),
        kept: when === 'before' ? 'Nothing of the plan was carried out.' : 'What was planned is done.',
      });
    }
  }
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
    if (codeTokens(one).length === 0) continue;
    const refused = refuseOutside(one);
    if (refused) throw refused;
    await session.run(authored(one));
  }
}

const DENIED = new Set(
  'copy export import attach detach use begin start commit rollback abort checkpoint install'.split(' '),
);
const READING = new Set(['select', 'from', 'values', 'with', 'describe', 'summarize', 'show']);

/** Refuses a statement that would reach out of the warehouse, or change what Teal keeps there. */
function refuseOutside(text: string): Fault | undefined {
  const tokens = codeTokens(text);
  const word = tokens[0]?.text.toLowerCase() ?? '';
  const remedy = 'Take it out of config.yaml; do it before or after the run.';
  if (DENIED.has(word))
    return fault('config.invalid', `Teal runs no ${word.toUpperCase()} around plans.`, { remedy });
  const own = tokens.find((token, at) => isTeals(token) && tokens[at + 1]?.text === '.');
  if (!own || READING.has(word)) return undefined;
  return fault('config.invalid', `The schema ${identifierOf(own)} is Teal's own.`, { remedy });
}

function isTeals(token: Token): boolean {
  return /^teal(_data|_diff)?$/i.test(identifierOf(token));
}
