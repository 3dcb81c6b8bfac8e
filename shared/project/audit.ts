import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { codeTokens } from '../sql/lexer';
import { cutStatements, positionOf, type StatementSpan } from '../sql/text';
import { type Block, pairsValue, plainValue, propertyOf, readBlockOf } from './block';
import { isTrue } from './block-values';
import type { Audit } from './model';

const PROPERTIES = [
  ...['name', 'dialect', 'skip', 'blocking', 'standalone', 'defaults', 'formatting'],
  ...[
    'owner',
    'description',
    'start',
    'end',
    'cron',
    'cron_tz',
    'interval_unit',
    'tags',
    'stamp',
    'depends_on',
  ],
];

/** An audit that stands alone, with where its block and its query are. */
export interface StandingAudit {
  readonly audit: Audit;
  readonly block: Block;
  readonly query: { readonly start: number; readonly end: number };
}

/** Reads all AUDIT blocks of one file of `audits/`; one that cannot be read leaves the others as they are. */
export function readAudits(
  file: string,
  text: string,
): { audits: readonly Audit[]; standing: readonly StandingAudit[]; problems: readonly Problem[] } {
  const audits: Audit[] = [];
  const standing: StandingAudit[] = [];
  const problems: Problem[] = [];
  for (const [first, ...statements] of auditGroups(text)) {
    if (!first) continue;
    const block = readBlockOf(first.tokens, { text, file });
    if (!block.ok) problems.push(block.problem);
    else if (block.value?.word !== 'AUDIT')
      problems.push(auditProblem({ file, text }, 'An audit must begin with an AUDIT block.', first.start));
    else {
      const audit = readAudit({ file, text }, block.value, statements);
      const query = statements.at(-1);
      if (!audit.ok) problems.push(audit.problem);
      else if (query && audit.value.standalone)
        standing.push({ audit: audit.value, block: block.value, query });
      else audits.push(audit.value);
    }
  }
  return { audits, standing, problems };
}

/** An audit of its block and the statements after it: definitions, then the query. */
export function readAudit(
  source: { readonly file: string; readonly text: string },
  block: Block,
  statements: readonly StatementSpan[],
): Result<Audit> {
  const { file, text } = source;
  const value = (name: string) => propertyOf(block, name)?.value;
  const name = plainValue(value('name') ?? '').toLowerCase();
  const query = statements.at(-1);
  const standalone = isTrue(value('standalone') ?? 'false');
  const blocking = isTrue(value('blocking') ?? String(!standalone));
  const invalid = (message: string, at = block.start) => failed<Audit>(auditProblem(source, message, at));
  const unknown = block.properties.find((property) => !PROPERTIES.includes(property.name));
  if (!name) return invalid('An AUDIT block needs a name.');
  if (unknown) return invalid(`An AUDIT block has no property ${unknown.name}.`, unknown.start);
  if (!query) return invalid(`The audit ${name} has no query.`);
  if (standalone && blocking)
    return invalid(
      `The audit ${name} stands alone, of no model, so it cannot be blocking.`,
      blockingAt(block),
    );
  const broken = query.tokens.find((token) => token.kind === 'broken');
  if (broken) return invalid(`In the audit ${name} a string or comment is not closed.`, broken.start);
  const word = query.tokens[0]?.text.toLowerCase() ?? '';
  if (!['select', 'with', 'from', '('].includes(word) && !word.startsWith('@'))
    return invalid(`The audit ${name} needs a SELECT that gives the rows that fail.`, query.start);
  const definitions = statements.slice(0, -1).map(({ start, end }) => text.slice(start, end));
  return ok({
    name,
    file,
    query: text.slice(query.start, query.end),
    at: positionOf(text, query.start),
    blocking,
    standalone,
    skip: isTrue(value('skip') ?? 'false'),
    defaults: Object.fromEntries(
      pairsValue(value('defaults') ?? '()').map((pair) => [pair.name, pair.value]),
    ),
    definitions: definitions.filter((statement) => /^@def\b/i.test(statement)),
  });
}

function blockingAt(block: Block): number {
  return propertyOf(block, 'blocking')?.start ?? block.start;
}

/** The statements of a file from one AUDIT block to the next. */
function auditGroups(text: string): readonly (readonly StatementSpan[])[] {
  const groups: StatementSpan[][] = [];
  for (const statement of cutStatements(codeTokens(text))) {
    const begins = isBlock(statement);
    if (begins || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(statement);
  }
  return groups;
}

function isBlock({ tokens }: StatementSpan): boolean {
  return tokens[0]?.text.toUpperCase() === 'AUDIT' && tokens[1]?.text === '(';
}

function auditProblem(source: { file: string; text: string }, message: string, at: number): Problem {
  return {
    code: 'audit.invalid',
    message,
    place: { file: source.file, ...positionOf(source.text, at) },
    kept: 'Every model still works, without this audit.',
  };
}
