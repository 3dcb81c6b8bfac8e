/** How well a text fits a query, and which of its letters to mark. */
export interface Match {
  readonly score: number;
  /** half-open spans of the text, in order */
  readonly marks: readonly (readonly [number, number])[];
}

const WHOLE = 100;
const WORD_START = 8;
const IN_A_ROW = 4;

/**
 * Fits when the letters of the query stand in the text in order. A query that stands there as it is beats one whose
 * letters are scattered; starts of words and short texts are better.
 */
export function fuzzyMatch(query: string, text: string): Match | undefined {
  const wanted = query.trim().toLowerCase();
  const lower = text.toLowerCase();
  if (wanted === '') return { score: 0, marks: [] };
  const whole = findWhole(wanted, lower);
  if (whole >= 0) {
    const start = isWordStart(lower, whole) ? WORD_START : 0;
    return { score: WHOLE + start - whole / 10 - text.length / 100, marks: [[whole, whole + wanted.length]] };
  }
  return findScattered(wanted.replaceAll(' ', ''), lower);
}

function findWhole(wanted: string, text: string): number {
  let at = text.indexOf(wanted);
  const first = at;
  while (at > 0 && !isWordStart(text, at)) at = text.indexOf(wanted, at + 1);
  return at < 0 ? first : at;
}

function findScattered(wanted: string, text: string): Match | undefined {
  const marks: [number, number][] = [];
  let score = -text.length / 100;
  let from = 0;
  for (const letter of wanted) {
    const at = nextLetter(letter, text, from);
    if (at < 0) return undefined;
    const last = marks.at(-1);
    if (last && last[1] === at) {
      last[1] = at + 1;
      score += IN_A_ROW;
    } else marks.push([at, at + 1]);
    if (isWordStart(text, at)) score += WORD_START;
    from = at + 1;
  }
  return { score: score - marks.length * IN_A_ROW, marks };
}

/** The letter right here, else at the start of a later word, else anywhere later. */
function nextLetter(letter: string, text: string, from: number): number {
  if (text[from] === letter) return from;
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return text.indexOf(letter, from);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s._\-/:]/.test(text[at - 1] ?? '');
}
