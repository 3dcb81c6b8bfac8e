MODEL (
  name stg.pos_sales,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column sold_at,
    batch_size 7
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner sales_data,
  grain transaction_id,
  description 'Sales as the tills exported them, one row a sale.',
  column_descriptions (
    transaction_id = 'Day, store and number of the sale',
    sold_at = 'When it was rung up, UTC',
    unit_price = 'Price charged; empty where the till did not send it'
  ),
  audits (
    not_null(columns := (transaction_id, sold_at, store_id, product_id, qty)),
    unique_values(columns := (transaction_id)),
    accepted_range(column := qty, min_v := 1, max_v := 50)
  )
);

SELECT
  transaction_id::TEXT AS transaction_id,
  sold_at::TIMESTAMP AS sold_at,
  store_id::TEXT AS store_id,
  product_id::TEXT AS product_id,
  qty::INT AS qty,
  unit_price::DECIMAL(9, 2) AS unit_price,
  discount_code::TEXT AS discount_code,
  channel::TEXT AS channel
FROM raw.pos_batches
WHERE
  sold_at BETWEEN @start_ts AND @end_ts
