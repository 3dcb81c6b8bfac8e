MODEL (name quarry.after, kind INCREMENTAL_BY_TIME_RANGE (time_column day));
SELECT day, SUM(tons) AS tons FROM quarry.loads WHERE day BETWEEN @start_date AND @end_date GROUP BY day
