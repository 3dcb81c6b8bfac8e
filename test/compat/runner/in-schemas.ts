// SQLMesh names a model without a schema by its bare name, and puts it into `default`; here it is `default.name` everywhere.

type Fields = Readonly<Record<string, unknown>>;

// Where models are named: by keys or items of these lists and maps, or by the field `model` of their items.
const NAMING: readonly string[] = [
  ...['plan.added', 'plan.removed', 'plan.directly_modified', 'plan.indirectly_modified'],
  ...['plan.metadata_updated', 'plan.forward_only', 'plan.restatements', 'plan.missing_intervals'],
  ...['executed', 'tests.failed', 'audits', 'failure.models', 'failure.skipped_models', 'intervals.*'],
];

/** An expectation with every model named with its schema, but for names that have none: those of audits that stand alone. */
export function inSchemas(expect: Fields, bare: ReadonlySet<string> = new Set()): Fields {
  const fullName = (name: string) => (name.includes('.') || bare.has(name) ? name : `default.${name}`);
  return inside(expect, '', fullName) as Fields;
}

type FullName = (name: string) => string;

function inside(value: unknown, path: string, fullName: FullName): unknown {
  if (NAMING.includes(path)) return named(value, fullName);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const below = (key: string) =>
    path === 'intervals' ? 'intervals.*' : path === '' ? key : `${path}.${key}`;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inside(inner, below(key), fullName)]),
  );
}

function named(value: unknown, fullName: FullName): unknown {
  if (typeof value === 'string') return fullName(value);
  if (Array.isArray(value))
    return value.map((item) => (isFields(item) ? withModel(item, fullName) : named(item, fullName)));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [fullName(key), inner]));
}

function withModel(item: Fields, fullName: FullName): Fields {
  return typeof item['model'] === 'string' ? { ...item, model: fullName(item['model']) } : item;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
