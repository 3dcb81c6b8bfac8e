const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Whether there is a time zone of this name, such as `Europe/Berlin`. */
export function isZone(name: string): boolean {
  return formatOf(name) !== undefined;
}

/** How far a zone's clocks are ahead of UTC at a moment, in ms; 0 where there is no such zone. */
export function zoneOffset(name: string, time: number): number {
  const parts = new Map(
    formatOf(name)
      ?.formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  if (parts.size === 0) return 0;
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(time / 1000) * 1000;
}

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(name)) formats.set(name, makeFormat(name));
  return formats.get(name);
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const rest = { minute: 'numeric', second: 'numeric', hourCycle: 'h23', timeZone } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...numeric, ...rest });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
