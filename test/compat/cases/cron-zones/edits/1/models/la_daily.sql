MODEL (
  name ops.la_daily,
  kind INCREMENTAL_BY_TIME_RANGE (time_column at_time),
  cron '@daily',
  cron_tz 'Asia/Tokyo'
);
SELECT h AS at_time, 'la_daily' AS what FROM generate_series(@start_dt::TIMESTAMP, @end_dt::TIMESTAMP, INTERVAL 1 HOUR) AS t(h);
