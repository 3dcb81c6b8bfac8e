MODEL (name quarry.key, kind INCREMENTAL_BY_UNIQUE_KEY (unique_key id, batch_size 1));
SELECT id, MAX(tons) AS tons, 10 / (COUNT(*) FILTER (tons <> 0)) AS r FROM quarry.loads WHERE day BETWEEN @start_date AND @end_date GROUP BY id
