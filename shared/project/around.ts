import { isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Place, Problem } from '../base/errors';
import { DAY } from '../base/time';
import type { ProjectConfig } from './config';
import { expandMacros } from './macros';

type When = 'before' | 'after';

/** Where a statement of `before_all` or `after_all` stands; a place inside of it is told where the statement is one line. */
export function aroundPlace(
  config: { readonly path: string; readonly text: string },
  { statement, when }: { readonly statement: string; readonly when: When },
  inside?: Place,
): Place {
  const lines = new LineCounter();
  const list = parseDocument(config.text, { lineCounter: lines }).get(`${when}_all`, true);
  const items = isSeq(list) ? list.items : [list];
  const found = items.find((item) => isScalar(item) && String(item.value) === statement);
  const range = isScalar(found) ? found.range : undefined;
  if (!range) return { file: config.path };
  const { line, col } = lines.linePos(range[0]);
  const plain = config.text.slice(range[0], range[0] + statement.length) === statement;
  const shift = plain && inside?.line === 1 ? (inside.column ?? 1) - 1 : 0;
  return { file: config.path, line, column: col + shift };
}

/** The statements around plans without those that only SQLMesh can run, for which there is a problem each. */
export function readAround(
  config: ProjectConfig,
  file: { readonly path: string; readonly text: string },
  pythonMacros: ReadonlyMap<string, Place>,
): { readonly config: ProjectConfig; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const runnable = (statement: string, when: When): boolean => {
    const problem = unrunnable(statement, { config, when, pythonMacros });
    if (!problem) return true;
    problems.push({
      ...problem,
      place: aroundPlace(file, { statement, when }, problem.place),
      kept: 'This statement is left out; the others run, and every model works.',
    });
    return false;
  };
  const beforeAll = config.beforeAll.filter((statement) => runnable(statement, 'before'));
  const afterAll = config.afterAll.filter((statement) => runnable(statement, 'after'));
  return { config: { ...config, beforeAll, afterAll }, problems };
}

function unrunnable(
  statement: string,
  of: { config: ProjectConfig; when: When; pythonMacros: ReadonlyMap<string, Place> },
): Problem | undefined {
  const expanded = expandMacros(statement, {
    ...{ start: 0, end: DAY, executionTime: 0 },
    variables: { ...of.config.variables, this_env: 'prod', schemas: ['default'], views: ['default.x'] },
    values: {},
    stage: `${of.when}_all`,
    pythonMacros: of.pythonMacros,
  });
  if (expanded.ok || expanded.problem.code !== 'model.unsupported') return undefined;
  return expanded.problem;
}
