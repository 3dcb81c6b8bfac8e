MODEL (
  name depot.latest,
  kind INCREMENTAL_BY_UNIQUE_KEY (unique_key (depot, size))
);

WITH d AS (
  @DEDUPLICATE(depot.moves, [depot, size], ['day desc', 'id desc'])
)
SELECT depot, size, qty, day, @execution_ds::TEXT AS seen
FROM d
WHERE day BETWEEN @start_ds AND @end_ds
