import type { Call, Macro } from './call';
import { control } from './control';
import { numbers } from './numbers';
import { tables } from './tables';

const withoutClause = (call: Call): never =>
  call.fail(`@${call.name.toUpperCase()} needs a condition in brackets.`);

/** SQLMesh's own macros by name in lower case. */
export const BUILT_IN: Readonly<Record<string, Macro>> = {
  ...control,
  ...numbers,
  ...tables,
  ...Object.fromEntries(
    ['with', 'join', 'where', 'group_by', 'having', 'order_by', 'limit', 'def'].map((name) => [
      name,
      withoutClause,
    ]),
  ),
};
