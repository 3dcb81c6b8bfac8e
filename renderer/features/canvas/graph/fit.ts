import type { FitViewOptions } from '@xyflow/react';

export const LEAST_ZOOM = 0.02;
export const MOST_ZOOM = 1.5;

/** All of the graph in sight, never larger than life, with room for the tags above nodes. */
export const FIT: FitViewOptions = {
  padding: { top: '44px', right: '24px', bottom: '24px', left: '24px' },
  maxZoom: 1,
  minZoom: LEAST_ZOOM,
};
