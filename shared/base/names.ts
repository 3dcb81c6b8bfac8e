/** The environment that is live. */
export const PROD = 'prod';
