import type { NodeView } from '../../../../shared/protocol/views/project';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

export type Positions = ReadonlyMap<string, Point>;

export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** What a layout needs to know of a graph, and nothing that changes with its data. */
export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly Edge[];
}

export interface LayoutNode extends Size {
  readonly id: string;
  readonly isSource: boolean;
  /** the place among columns of bands that it must stand in; absent while nodes are not grouped */
  readonly band?: number;
}

export const COLUMN_GAP = 44;
/** leaves room for the tag above a node */
export const ROW_GAP = 26;

const SOURCE: Size = { width: 148, height: 52 };
const VIEW: Size = { width: 200, height: 56 };
const MODEL: Size = { width: 200, height: 76 };

export function sizeOf(node: NodeView): Size {
  if (node.type === 'source') return SOURCE;
  return node.kind === 'VIEW' && !node.problem ? VIEW : MODEL;
}
