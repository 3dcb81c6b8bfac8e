MODEL (
  name depot.moves,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 2),
  audits (floor_of(column := qty, least := @audit_floor))
);

SELECT
  id::INT AS id,
  day::DATE AS day,
  depot::TEXT AS depot,
  size::TEXT AS size,
  qty::INT AS qty,
  price::DOUBLE AS price,
  @start_ds::TEXT AS batch_start,
  @end_ts::TEXT AS batch_end,
  @EVAL(@end_millis - @start_millis)::BIGINT AS span,
  @IF(@start_ds < '2024-03-03', 'early', 'late')::TEXT AS half
FROM READ_CSV('raw/moves.csv', header = TRUE)
WHERE day BETWEEN @start_date AND @end_date
