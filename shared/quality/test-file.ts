import { type Document, isMap, isScalar, LineCounter, parseDocument, type ScalarTag } from 'yaml';
import type { Place, Problem } from '../base/errors';
import { plainOf } from '../project/yaml-file';
import { readTestBody } from './test-body';
import type { BrokenTest, OtherFiles, PlaceOf, TestCase } from './test-case';
import { TestMoment } from './test-values';

const MOMENT =
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[+-]\d{1,2}(?::?\d{2})?))?)?$/;

const moment: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: MOMENT,
  resolve: (text) => new TestMoment(momentText(text)),
};

/** Whether a file of the project holds unit tests. */
export function isTestFile(path: string): boolean {
  return /^tests\/(.*\/)?test[^/]*\.ya?ml$/.test(path);
}

/** Reads a file of unit tests; whatever is wrong has its line and column, and leaves the other tests as they are. */
export function readTestFile(
  file: string,
  text: string,
  others: OtherFiles,
): { tests: readonly TestCase[]; broken: readonly BrokenTest[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: true,
    logLevel: 'error',
    merge: true,
    customTags: [moment],
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const whole = (message: string, offset: number, remedy?: string) => {
    const place = at(offset);
    const problem: Problem = {
      code: 'test.invalid',
      message,
      place,
      kept: 'The other test files are run.',
      ...(remedy ? { remedy } : {}),
    };
    return { tests: [], broken: [{ name: file, model: '', place, problem }] };
  };
  const jinja = /\{\{|\{%/.exec(text);
  if (jinja) return whole('Jinja is not run in test files.', jinja.index, 'Write the values themselves.');
  const [error] = document.errors;
  if (error) return whole(error.message, error.pos[0]);
  if (document.contents === null) return { tests: [], broken: [] };
  if (!isMap(document.contents)) return whole('A test file must hold tests by name.', 0);
  const plain = plainOf(document);
  if (!plain.ok) return whole(plain.message, 0);
  const tests: TestCase[] = [];
  const broken: BrokenTest[] = [];
  const placeOf = placesIn(document, at);
  for (const [name, body] of Object.entries(plain.value as Record<string, unknown>)) {
    if (name === 'gateway' && typeof body === 'string') continue;
    const read = readTestBody({ name, body, placeOf: (path) => placeOf([name, ...path]), others });
    if ('problem' in read) broken.push(read);
    else tests.push(read);
  }
  return { tests, broken };
}

function placesIn(document: Document, at: (offset: number) => Place): PlaceOf {
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const parent = document.getIn(path.slice(0, length - 1), true);
      const last = path[length - 1];
      const pair = isMap(parent)
        ? parent.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(last))
        : undefined;
      const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as {
        range?: [number, number, number];
      } | null;
      if (node?.range) return at(node.range[0]);
    }
    return at(0);
  };
}

function momentText(text: string): string {
  const [day = '', rest = ''] = text.split(/[Tt]|[ \t]+(?=\d)/, 2);
  const date = day
    .split('-')
    .map((part) => part.padStart(2, '0'))
    .join('-');
  if (rest === '') return date;
  const [clock = '', zone = ''] = rest.split(/(?=[Z+-])|[ \t]+/, 2);
  const time = /^\d:/.test(clock) ? `0${clock}` : clock;
  return `${date} ${time}${zone === 'Z' ? '+00' : zone}`;
}
