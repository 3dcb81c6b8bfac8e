MODEL (
  name fdr.melt,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 4),
  audits (not_null(columns := (n)))
);

SELECT id, day, n + 1 AS n FROM fdr.ore WHERE day BETWEEN @start_ds AND @end_ds
