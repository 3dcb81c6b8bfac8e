MODEL (
  name fdr.melt,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day)
);

SELECT id, day, n FROM fdr.ore WHERE day BETWEEN @start_ds AND @end_ds
