import { Fault, fault, type Problem } from '../base/errors';
import type { SourceFile } from '../project/source-file';

const keptWords = 'The file stays as it is; what was read before stays too.';

/** Runs a step of reading; what the engine cannot read of a file becomes a fault of the source that names the file. */
export async function readingOf<T>(source: SourceFile, file: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (thrown) {
    throw thrown instanceof Fault ? new Fault(toSourceProblem(thrown.problem, source.name, file)) : thrown;
  }
}

function toSourceProblem(problem: Problem, source: string, file: string): Problem {
  if (problem.code !== 'engine.sql') return problem;
  const cause = problem.cause ?? problem.message;
  const base = { place: { file, source }, kept: keptWords, cause };
  if (/No files found|Cannot open file|No such file|Could not read from file|is a directory/i.test(cause)) {
    return {
      ...base,
      code: 'source.file_missing',
      message: `${file} cannot be opened.`,
      remedy: 'Put the file back, or take it out of the source.',
    };
  }
  const { message, remedy } = notTabular(cause, file);
  return { ...base, code: 'source.not_tabular', message, remedy };
}

function notTabular(cause: string, file: string): { message: string; remedy: string } {
  const first = cause.split('\n')[0]?.trim() ?? '';
  if (/too small to be a Parquet|magic bytes|Parquet|thrift|TProtocol|footer/i.test(cause)) {
    return {
      message: `${file} is not a whole Parquet file.`,
      remedy: 'It may have been cut off while it was copied: get it again.',
    };
  }
  if (/state machine|invalid state/i.test(cause)) {
    return {
      message: `${file} cannot be cut into lines: it mixes kinds of line ends, or is no text.`,
      remedy: 'Save it with one kind of line end, or leave it out.',
    };
  }
  if (/unicode|utf-?8|encoding/i.test(cause)) {
    return {
      message: `${file} is not text in the stated encoding.`,
      remedy: 'Choose another encoding, such as Latin-1.',
    };
  }
  return {
    message: `${file} cannot be read as a table: ${first}`,
    remedy: 'Check format, delimiter and types of the source.',
  };
}

/** No line of a file could be loaded. */
export function nothingLoaded(source: SourceFile, file: string, first: string): Fault {
  return fault(
    'source.not_tabular',
    `No line of ${file} could be read as a row of ${source.name}${first && `: ${first}`}.`,
    {
      place: { file, line: 1, source: source.name },
      kept: keptWords,
      remedy: 'Check format, delimiter, encoding and types of the source.',
    },
  );
}

/** A source whose rows may not be kept apart has a bad one. */
export function badLine(
  source: SourceFile,
  line: { file: string; line: number; column: string; reason: string; start: number },
): Fault {
  const column = line.column === '' ? '' : `, ${line.column}`;
  return fault('source.invalid', `${line.file}, line ${line.line}${column}: ${line.reason.toLowerCase()}.`, {
    place: { file: line.file, line: line.line, column: line.start + 1, source: source.name },
    kept: `Nothing of it was loaded. ${keptWords}`,
    remedy: 'Correct the line, or set "on_error: quarantine" to keep such lines apart.',
  });
}
