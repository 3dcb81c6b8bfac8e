MODEL (
  name daily,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day),
  audits (not_null(columns := (day)), own_check)
);
SELECT o.day, CAST(SUM(o.qty) AS INT) AS qty FROM orders AS o WHERE o.day BETWEEN @start_ds AND @end_ds GROUP BY o.day;
