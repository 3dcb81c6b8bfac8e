MODEL (
  name vin.run,
  kind INCREMENTAL_BY_TIME_RANGE (time_column day),
  columns (day DATE, n BIGINT)
);

SELECT s.day, SUM(s.n) + COALESCE((SELECT MAX(r.n) FROM vin.run AS r WHERE r.day < @start_date), 0) AS n FROM vin.src AS s WHERE s.day BETWEEN @start_ds AND @end_ds GROUP BY s.day
