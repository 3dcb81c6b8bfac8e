import { plainValue } from '../project/block';
import { authored, type Sql, sql } from '../sql/sql';
import type { AuditParts } from './audit-parts';

/** Ranges `[lower, upper)` that end before they begin, or that reach into the next one. */
export function mutuallyExclusiveRanges(parts: AuditParts): Sql {
  const [lower, upper] = [parts.one('lower_bound_column'), parts.one('upper_bound_column')];
  const given = parts.optional('partition_clause');
  const partition = given && parts.flag('partition_clause', true) ? authored(plainValue(given.text)) : sql``;
  const next = sql`lead(${lower}) OVER (${partition} ORDER BY ${lower} NULLS FIRST, ${upper} NULLS FIRST)`;
  const last = sql`row_number() OVER (${partition} ORDER BY ${lower} DESC, ${upper} DESC) = 1`;
  const bounds = sql`SELECT ${lower} AS lower_bound, ${upper} AS upper_bound, ${next} AS next_lower_bound, ${last} AS is_last FROM ${parts.rows} WHERE ${parts.condition}`;
  return sql`SELECT * FROM (${bounds}) AS bounds
    WHERE NOT (coalesce(lower_bound <= upper_bound, false) AND coalesce(upper_bound <= next_lower_bound, is_last, false))`;
}

/** How far the shares of two columns' values lie apart. As in SQLMesh, both columns must answer to one name. */
export function klDivergence(parts: AuditParts): Sql {
  const [source, target] = [parts.one('source_column'), parts.one('target_column')];
  const shares = (column: Sql, name: string) =>
    sql`SELECT ${column}, num_rows / sum(num_rows) OVER () AS ${authored(name)}
        FROM (SELECT ${column}, count(*) AS num_rows FROM ${parts.rows} WHERE ${parts.condition} GROUP BY ${column}) AS counted`;
  return sql`WITH sources AS (${shares(source, 'p')}), targets AS (${shares(target, 'q')}),
    forth AS (SELECT ${source}, p, coalesce(q, 0) AS q FROM sources LEFT JOIN targets USING (${source})),
    back AS (SELECT ${target}, q, coalesce(p, 0) AS p FROM targets LEFT JOIN sources USING (${target})),
    both_ways AS (SELECT ${source}, p, q, p * log(p / nullif(q, 0)) AS kl FROM forth
      UNION ALL SELECT ${target}, p, q, q * log(q / nullif(p, 0)) AS kl FROM back)
    SELECT ${source}, ${target}, sum(kl) AS kl_divergence FROM both_ways GROUP BY ${source}, ${target} HAVING sum(kl) > ${parts.one('threshold')}`;
}

/** Pearson's test of two columns: fails where they are not as dependent, or independent, as the call says. */
export function chiSquare(parts: AuditParts): Sql {
  const [a, b] = [parts.one('column_a'), parts.one('column_b')];
  const critical = parts.one('critical_value');
  const holds = parts.flag('dependent', true)
    ? sql`chi_square > ${critical}`
    : sql`chi_square <= ${critical}`;
  const expected = sql`(tot_a * tot_b / g_t)`;
  return sql`WITH samples AS (SELECT ${a} AS x_a, ${b} AS x_b FROM ${parts.rows} WHERE ${a} IS NOT NULL AND ${b} IS NOT NULL AND (${parts.condition})),
    contingency AS (SELECT x_a, x_b, count(*) AS observed,
      (SELECT count(*) FROM samples AS t WHERE r.x_a = t.x_a) AS tot_a,
      (SELECT count(*) FROM samples AS t WHERE r.x_b = t.x_b) AS tot_b,
      (SELECT count(*) FROM samples) AS g_t FROM samples AS r GROUP BY x_a, x_b)
    SELECT ((SELECT count(DISTINCT x_a) FROM contingency) - 1) * ((SELECT count(DISTINCT x_b) FROM contingency) - 1) AS degrees_of_freedom,
      sum((observed - ${expected}) * (observed - ${expected}) / ${expected}) AS chi_square
    FROM contingency HAVING NOT (${holds})`;
}
