MODEL (
  name dock.crates,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, forward_only true, on_destructive_change warn)
);

SELECT id, day, 'k' AS k, w::TEXT AS w, p::DECIMAL(14, 2) AS p FROM dock.lists WHERE day BETWEEN @start_ds AND @end_ds
