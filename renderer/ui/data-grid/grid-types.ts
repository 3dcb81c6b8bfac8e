import type { ReactNode } from 'react';

export type ColumnKind = 'text' | 'number' | 'time' | 'other';

/** The head of a column when profiles are shown: a small chart over a fact such as `64` or `81 % null`. */
export interface GridProfile {
  readonly shape: 'histogram' | 'shares' | 'unique' | 'none';
  readonly bins: readonly number[];
  readonly fact: string;
  /** the fact is something to look at */
  readonly isMarked?: boolean;
}

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** the engine's name of the type, as a tooltip */
  readonly type?: string;
  /** pixels; left out, it is fitted to the title and the first rows */
  readonly width?: number;
  /** pixels that drawn cells take beside their text, where the width is fitted */
  readonly extra?: number;
  readonly isKey?: boolean;
  readonly profile?: GridProfile;
}

export type GridRow = readonly unknown[];

export interface GridPage {
  readonly rows: readonly GridRow[];
  /** all rows there are; null where counting would cost too much */
  readonly total: number | null;
}

/** Rows from `offset`: `limit` of them, or fewer at the end. Memoise it: a new function means new data. */
export type LoadPage = (request: { offset: number; limit: number; signal: AbortSignal }) => Promise<GridPage>;

/** A cell by its place: the row among all rows, the column among `columns`. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridCell extends GridPlace {
  readonly value: unknown;
  readonly values: GridRow;
}

export type RenderCell = (cell: GridCell, column: GridColumn) => ReactNode;
