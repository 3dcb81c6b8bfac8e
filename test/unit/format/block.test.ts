import { describe, expect, it } from 'vitest';
import { type FormatOptions, formatFile } from '../../../shared/project/format/format-file';

const USUAL: FormatOptions = {
  indent: 2,
  maxTextWidth: 80,
  normalizeFunctions: 'usual',
  leadingComma: false,
  appendNewline: false,
};
const laid = (text: string) => formatFile(text, USUAL);

describe('a MODEL block', () => {
  it('has a property a line, kinds and columns opened, and keeps its comments', () => {
    const text = `model (name mart.a, -- the name
 kind incremental_by_time_range(time_column (ds, '%Y-%m-%d'), batch_size 3),
 -- who
 owner bob, columns (id int, v decimal(9,2)), grain (id), partitioned_by (ds), allow_partials true,
 tags [a,'b'], audits (not_null(columns:=(id,ds)))
 -- the end
 );
select 1 as a`;
    expect(laid(text)).toBe(`MODEL (
  name mart.a, -- the name
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column (ds, '%Y-%m-%d'),
    batch_size 3
  ),
  -- who
  owner bob,
  columns (
    id INT,
    v DECIMAL(9, 2)
  ),
  grain (
    id
  ),
  partitioned_by (ds),
  allow_partials TRUE,
  tags [a, 'b'],
  audits (
    not_null(columns := (id, ds))
  )
  -- the end
);

SELECT
  1 AS a`);
  });

  it('keeps words of values as they are: they may be names', () => {
    const text = "MODEL (\n  name mart.Select,\n  owner Order,\n  description 'x  y'\n)";
    expect(laid(text)).toBe(text);
  });

  it('long lists are broken, one item a line', () => {
    const long = Array.from({ length: 4 }, (_, index) => `accepted_values_number_${index}(column := a)`);
    expect(laid(`MODEL (name a.b, audits (${long.join(', ')}));`)).toContain(
      `  audits (\n    ${long.join(',\n    ')}\n  )\n);`,
    );
  });

  it('an AUDIT, and a block that cannot be read', () => {
    expect(laid('audit(name x,dialect duckdb);\nselect * from @this_model where a is null')).toBe(
      'AUDIT (\n  name x,\n  dialect duckdb\n);\n\nSELECT\n  *\nFROM @this_model\nWHERE\n  a IS NULL',
    );
    const broken = 'MODEL (name x,, kind\n  FULL);\nselect 1';
    expect(laid(broken)).toContain('SELECT\n  1');
  });
});

describe('statements', () => {
  it('have a blank line between them; those for a moved view stand close', () => {
    const text = `MODEL (name a.b);
create table if not exists x as select 1; -- made first
select a from x;
ON_VIRTUAL_UPDATE_BEGIN; grant   select on @this_model to r;
drop view y; ON_VIRTUAL_UPDATE_END;`;
    expect(laid(text)).toBe(`MODEL (
  name a.b
);

create table if not exists x as select 1; -- made first

SELECT
  a
FROM x;

ON_VIRTUAL_UPDATE_BEGIN;
grant   select on @this_model to r;
drop view y;
ON_VIRTUAL_UPDATE_END;`);
  });
});
