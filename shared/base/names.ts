/** The environment that is live. */
export const PROD = 'prod';

/** Where readers of an environment find a model: `mart.sales` in prod, `mart__dev.sales` in dev. */
export function environmentViewName(environment: string, model: string): readonly [string, string] {
  const [schema = '', table = ''] = model.split('.');
  return environment === PROD ? [schema, table] : [`${schema}__${environment}`, table];
}
