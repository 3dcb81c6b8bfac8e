import { ok, type Result } from '../base/result';
import { toDay } from '../base/time';
import { currentDates } from '../sql/extensions';
import { catalogEdits, findReferences } from '../sql/references';
import { reservedEdits } from '../sql/reserved';
import { sql, typed } from '../sql/sql';
import { applyEdits, type Edit, sourceOffset } from '../sql/text';
import { expandMacros, type MacroContext } from './macros';

/** What a model's text is made ready with. */
export interface Rendering {
  readonly macros: MacroContext;
  /** the absolute path of a file that the text names relative to the project */
  readonly resolvePath: (path: string) => string;
  /** whether the engine knows what day it is; else `current_date` is the day of the execution time */
  readonly knowsDay: boolean;
}

/** A text that the engine can run. */
export interface Rendered {
  readonly text: string;
  /** the offset in the author's text of an offset in this one */
  source(offset: number): number;
}

/** Substitutes macros, then paths of files and what this engine lacks, all by text spans; everything else stays byte for byte. */
export function renderText(text: string, rendering: Rendering): Result<Rendered> {
  const expanded = expandMacros(text, rendering.macros);
  if (!expanded.ok) return expanded;
  const { text: plain, edits } = expanded.value;
  const own = [
    ...fileEdits(plain, rendering),
    ...dayEdits(plain, rendering),
    ...reservedEdits(plain),
    ...catalogEdits(plain),
  ];
  return ok({
    text: applyEdits(plain, own),
    source: (offset) => sourceOffset(edits, sourceOffset(own, offset)),
  });
}

/** A text that is run as it is. */
export function verbatim(text: string): Rendered {
  return { text, source: (offset) => offset };
}

function fileEdits(text: string, { resolvePath }: Rendering): readonly Edit[] {
  return findReferences(text).files.map((file) => ({
    start: file.start,
    end: file.end,
    text: sql`${resolvePath(file.path)}`.text,
  }));
}

function dayEdits(text: string, { knowsDay, macros }: Rendering): readonly Edit[] {
  if (knowsDay) return [];
  const day = typed('DATE', toDay(macros.executionTime)).text;
  return currentDates(text).map((place) => ({ ...place, text: day }));
}
