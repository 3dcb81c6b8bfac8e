MODEL (
  name mart.weeks,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day)
);
SELECT day, n * 2 AS twice FROM mart.days WHERE day BETWEEN @start_ds AND @end_ds;
