import type { Problem } from '../base/errors';
import { failed, ok, type Result } from '../base/result';
import { DAY } from '../base/time';
import { applyEdits, positionOf } from '../sql/text';
import type { Expanded, MacroContext } from './macros/context';
import { Expander } from './macros/expand';
import { MacroFault } from './macros/faults';
import { findJinja } from './macros/outside';
import { canonicalSql } from './macros/uses';

export type { MacroContext, RuntimeStage } from './macros/context';
export { readPythonMacros } from './macros/outside';
export { macroUses, usesTimeRange } from './macros/uses';

/**
 * Replaces SQLMesh's macros by text spans; everything else stays byte for byte. A statement that a macro leaves out becomes an empty
 * text. An unknown macro, and one that cannot be expanded, is a problem with its line and column; so is Jinja.
 */
export function expandMacros(text: string, context: MacroContext): Result<Expanded> {
  return expandText(text, context, false);
}

/**
 * A text in one spelling for all texts that SQLMesh renders to the same SQL: macros expanded as at load, time variables and
 * `@this_model` left by name, columns of other tables not looked up. What cannot be expanded, or comes to nothing, is the text itself.
 */
export function renderForFingerprint(text: string, context: MacroContext): string {
  const { columnsOf: _, ...rest } = context;
  const values = { ...rest.values, this_model: '@this_model' };
  const atLoad = { ...rest, start: 0, end: DAY, executionTime: 0, stage: 'loading', values } as const;
  const expanded = expandText(text, atLoad, true);
  const rendered = expanded.ok ? canonicalSql(expanded.value.text) : '';
  return rendered === '' ? canonicalSql(text) : rendered;
}

function expandText(text: string, context: MacroContext, keepsTime: boolean): Result<Expanded> {
  const jinja = findJinja(text);
  if (jinja !== undefined) return failed(jinjaProblem(text, jinja));
  if (!text.includes('@')) return ok({ text, edits: [] });
  try {
    const edits = new Expander(context, keepsTime).editsOf(text);
    return ok({ text: applyEdits(text, edits), edits });
  } catch (error) {
    if (!(error instanceof MacroFault)) throw error;
    return failed(problemOf(text, error));
  }
}

function problemOf(text: string, { message, code, offset, remedy }: MacroFault): Problem {
  return { code, message, place: positionOf(text, offset), ...(remedy ? { remedy } : {}) };
}

function jinjaProblem(text: string, offset: number): Problem {
  return {
    code: 'model.unsupported',
    message: 'This is written in Jinja, which Teal cannot run.',
    place: positionOf(text, offset),
    remedy: 'Write it with SQLMesh macros (@name); the other models still work.',
  };
}
