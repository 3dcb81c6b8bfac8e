import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTokens } from '../../../ui/use-tokens';
import type { GridCell } from './cells';
import { CELL_HEIGHT, type PaintTone, paintCells } from './geometry';
import styles from './grid.module.css';

export interface PainterProps {
  readonly cells: readonly GridCell[];
  readonly pitch: number;
  readonly width: number;
}

/** A row of cells as a few paths, for grids of up to some thousand cells. */
export function SvgCells({ cells, pitch, width }: PainterProps) {
  const paints = useMemo(() => paintCells(cells, pitch), [cells, pitch]);
  return (
    <svg className={styles.cells} width={width} height={CELL_HEIGHT} aria-hidden="true">
      {paints.map(({ tone, d }) => (
        <path key={tone} className={styles.paint} data-tone={tone} d={d} />
      ))}
    </svg>
  );
}

/** The same row as pixels, for grids that would be too many nodes. */
export function CanvasCells({ cells, pitch, width }: PainterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const tokens = useTokens(TOKENS);
  useLayoutEffect(() => {
    if (canvas.current) drawCells(canvas.current, { cells, pitch, width }, tokens);
  }, [cells, pitch, width, tokens]);
  return <canvas ref={canvas} className={styles.cells} style={{ width, height: CELL_HEIGHT }} />;
}

const TOKENS = [
  '--shadow',
  '--shadow-tint',
  '--control',
  '--hover',
  '--red',
  '--surface',
  '--text-3',
] as const satisfies readonly `--${string}`[];

type Tokens = Readonly<Record<(typeof TOKENS)[number], string>>;

interface Ink {
  readonly token: keyof Tokens;
  readonly line?: number;
}

const INKS: Readonly<Record<PaintTone, Ink>> = {
  shadow: { token: '--shadow' },
  'shadow-tint': { token: '--shadow-tint' },
  'shadow-line': { token: '--shadow', line: 1.5 },
  queued: { token: '--control', line: 1 },
  idle: { token: '--hover' },
  red: { token: '--red' },
  cross: { token: '--surface', line: 1.5 },
  stopped: { token: '--text-3' },
};

function drawCells(canvas: HTMLCanvasElement, { cells, pitch, width }: PainterProps, tokens: Tokens): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(CELL_HEIGHT * scale);
  context.scale(scale, scale);
  for (const { tone, d } of paintCells(cells, pitch)) {
    const { token, line } = INKS[tone];
    const colour = tokens[token];
    if (line === undefined) {
      context.fillStyle = colour;
      context.fill(new Path2D(d));
    } else {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.stroke(new Path2D(d));
    }
  }
}
