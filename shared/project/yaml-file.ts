import { type Document, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod/mini';
import type { ErrorCode, Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';

/** Parses YAML text and checks it against a schema; problems name the file, line and column. */
export function readYaml<Schema extends z.ZodMiniType>(
  file: { readonly path: string; readonly text: string; readonly code: ErrorCode },
  schema: Schema,
): Result<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const position = lines.linePos(offset);
    return { file: file.path, line: position.line, column: position.col };
  };
  const problem = (message: string, offset: number): Problem => ({
    code: file.code,
    message,
    place: at(offset),
    kept: 'The file was left as it is.',
  });
  const [error] = document.errors;
  if (error) return failed(problem(error.message, error.pos[0]));
  const plain = plainOf(document);
  if (!plain.ok) return failed(problem(plain.message, 0));
  const parsed = schema.safeParse(plain.value ?? {});
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const node = document.getIn(path.map(String), true) as { range?: [number, number, number] } | undefined;
  return failed(
    problem(
      `${path.join('.') || 'The file'}: ${issue?.message ?? 'is not as expected'}`,
      node?.range?.[0] ?? 0,
    ),
  );
}

/** A document as plain values; an alias without an anchor, or aliases that multiply without end, are found only now. */
export function plainOf(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    // The library throws a bare Error where what is merged is no mapping.
    if (error instanceof Error) return { ok: false, message: error.message };
    throw error;
  }
}
