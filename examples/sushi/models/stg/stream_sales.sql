MODEL (
  name stg.stream_sales,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column sold_at,
    batch_size 7
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner sales_data,
  grain transaction_id,
  description 'Sales as the stream told them, the last telling of each.',
  column_descriptions (
    transaction_id = 'Day, store and number of the sale',
    sold_at = 'When it was rung up, UTC',
    received_at = 'When the last telling arrived, UTC'
  ),
  audits (
    not_null(columns := (transaction_id, sold_at, received_at, store_id, product_id, qty, unit_price)),
    unique_values(columns := (transaction_id)),
    accepted_range(column := qty, min_v := 1, max_v := 50)
  )
);

SELECT
  transaction_id::TEXT AS transaction_id,
  event_ts::TIMESTAMP AS sold_at,
  received_ts::TIMESTAMP AS received_at,
  store_id::TEXT AS store_id,
  product_id::TEXT AS product_id,
  qty::INT AS qty,
  unit_price::DECIMAL(9, 2) AS unit_price,
  code::TEXT AS discount_code,
  channel::TEXT AS channel
FROM raw.stream_feed
WHERE
  event_ts BETWEEN @start_ts AND @end_ts
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY transaction_id ORDER BY received_ts DESC, qty) = 1
