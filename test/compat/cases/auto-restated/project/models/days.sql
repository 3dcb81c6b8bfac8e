MODEL (
  name mart.days,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column day,
    auto_restatement_cron '@weekly',
    auto_restatement_intervals 3
  )
);
SELECT d::DATE AS day, 1 AS n FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 DAY) AS t(d);
