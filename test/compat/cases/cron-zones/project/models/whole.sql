MODEL (
  name ops.whole,
  kind FULL,
  cron '0 12 * * *',
  cron_tz 'America/New_York',
  start '2024-03-05'
);
SELECT what, COUNT(*) AS hours FROM ops.la_daily GROUP BY what;
