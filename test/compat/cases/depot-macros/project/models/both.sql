MODEL (
  name depot.both,
  kind FULL
);

WITH u AS (
  @UNION('all', depot.list_north, depot.list_south)
), s AS (
  @DATE_SPINE('day', '2024-02-28', '2024-03-05')
)
SELECT date_day::DATE AS day, COUNT(*)::BIGINT AS rows_seen, MAX(u.floor)::INT AS floor
FROM s LEFT JOIN u ON u.floor <= DAY(s.date_day)
GROUP BY 1;

@IF(@runtime_stage IN ('evaluating', 'creating'), UPDATE @this_model SET floor = -1, rows_seen = 0 WHERE floor IS NULL);
