MODEL (
  name ops.tokyo_weekly,
  kind INCREMENTAL_BY_TIME_RANGE (time_column at_time),
  cron '@weekly',
  cron_tz 'Asia/Tokyo',
  start '2024-02-01'
);
SELECT h AS at_time, 'tokyo_weekly' AS what FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 HOUR) AS t(h);
