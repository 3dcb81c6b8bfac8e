import type { FitViewOptions } from '@xyflow/react';

export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 1.5;

/** All of the graph in sight, never larger than life, with room for the tags above nodes. */
export const FIT: FitViewOptions = {
  padding: { top: '32px', right: '20px', bottom: '20px', left: '20px' },
  maxZoom: 1,
  minZoom: LEAST_ZOOM,
};
