MODEL (name loft.top, kind FULL, cron 'every day');
SELECT a, 3 AS b FROM loft.base
