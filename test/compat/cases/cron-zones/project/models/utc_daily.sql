MODEL (
  name ops.utc_daily,
  kind INCREMENTAL_BY_TIME_RANGE (time_column at_time),
  cron '@daily',
  start '2024-03-05'
);
SELECT h AS at_time, 'utc_daily' AS what FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 HOUR) AS t(h);
