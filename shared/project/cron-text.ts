const NAMES = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly { readonly from: number; readonly to: number; readonly names?: readonly string[] }[] =
  [
    { from: 0, to: 59 },
    { from: 0, to: 23 },
    { from: 1, to: 31 },
    { from: 1, to: 12, names: MONTHS },
    { from: 0, to: 7, names: WEEKDAYS },
  ];

/** Whether a text is a cron expression: a name such as `@daily`, or five fields. */
export function isCronText(text: string): boolean {
  const plain = text.trim().toLowerCase();
  if (NAMES.includes(plain)) return true;
  const fields = plain.split(/\s+/);
  return fields.length === FIELDS.length && fields.every((field, index) => isField(field, index));
}

function isField(field: string, index: number): boolean {
  return field.split(',').every((part) => {
    const [range = '', step, more] = part.split('/');
    if (more !== undefined || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === '*' || (range === '?' && (index === 2 || index === 4))) return true;
    if (range === 'l' && index === 2) return true;
    const [weekday = '', nth] = range.split('#');
    if (nth !== undefined && (index !== 4 || !/^[1-5l]$/.test(nth))) return false;
    const ends = (nth === undefined ? range : weekday).replace(/^l(?=\d)/, '').split('-');
    return ends.length <= 2 && ends.every((end) => isValue(end, index));
  });
}

function isValue(text: string, index: number): boolean {
  const field = FIELDS[index];
  if (!field) return false;
  if (field.names?.includes(text)) return true;
  return /^\d+$/.test(text) && Number(text) >= field.from && Number(text) <= field.to;
}
