/** Values of each column of a CSV text, by the name in its first line; quotes are undone. */
export function seedColumns(text: string, delimiter = ','): ReadonlyMap<string, readonly string[]> {
  const [names = [], ...rows] = csvRows(text, delimiter);
  return new Map(names.map((name, index) => [name.trim(), rows.map((row) => row[index] ?? '')]));
}

function csvRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  const endValue = () => {
    row.push(value);
    value = '';
  };
  const endRow = () => {
    endValue();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += '"';
        at++;
      } else quoted = false;
    } else if (letter === '"' && value === '') quoted = true;
    else if (letter === delimiter) endValue();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') value += letter;
  }
  endRow();
  return rows;
}
