MODEL (
  name mart.days,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day)
);
SELECT d::DATE AS day, 1 AS n FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 DAY) AS t(d);
