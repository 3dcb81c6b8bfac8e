/** The ramp has this many steps above nothing, `--heat-1` to `--heat-5`. */
const STEPS = 5;
const TOPS = [0.05, 0.25, 1];

/** What the darkest step stands for: the least of 5, 25 and 100 % that holds the greatest share. */
export function heatTop(greatest: number): number {
  return TOPS.find((top) => greatest <= top) ?? 1;
}

/** The step of a share from 0 to 1: 0 for nothing at all, else the first step that reaches it. */
export function heatLevel(share: number, top: number): number {
  if (share <= 0) return 0;
  // The tiny slack keeps 15 % of 25 % on its step, which floats would push to the next.
  return Math.min(STEPS, Math.max(1, Math.ceil((share / top) * STEPS - 1e-9)));
}

/** The words below the steps: `0`, `5`, ... `25 %`. */
export function heatLegend(top: number): readonly string[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const percent = String(Math.round((step * top * 100) / STEPS));
    return step === STEPS ? `${percent} %` : percent;
  });
}
