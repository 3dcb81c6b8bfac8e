/** The figures of a run at one moment. */
export interface Sample {
  readonly elapsed: number;
  readonly rate: number;
  readonly left: number;
  readonly rows: number;
  readonly memory: number;
}

const MOST_SAMPLES = 160;

/** Adds a sample; a long run keeps every second one, so that the line stays whole. */
export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const all = [...samples, next];
  return all.length <= MOST_SAMPLES ? all : all.filter((_, at) => at % 2 === 0 || at === all.length - 1);
}
