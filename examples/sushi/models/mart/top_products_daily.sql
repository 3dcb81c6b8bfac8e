MODEL (
  name mart.top_products_daily,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column sold_on,
    batch_size 1
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner catalogue,
  grain (sold_on, place),
  description 'The ten products of each day that earned most.',
  column_descriptions (
    place = '1 to 10; of two that earned the same, the one first by product_id',
    stores = 'Stores that sold it that day'
  ),
  audits (
    not_null(columns := (sold_on, place, product_id)),
    unique_combination_of_columns(columns := (sold_on, place)),
    accepted_range(column := place, min_v := 1, max_v := 10)
  )
);

WITH by_product AS (
  SELECT
    sold_on,
    product_id,
    COUNT(*) AS stores,
    SUM(qty) AS qty,
    SUM(net_amount)::DECIMAL(18, 2) AS net_amount
  FROM mart.daily_sales
  WHERE
    sold_on BETWEEN @start_ds AND @end_ds
  GROUP BY
    sold_on,
    product_id
), placed AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY sold_on ORDER BY net_amount DESC, product_id) AS place
  FROM by_product
)
SELECT
  sold_on::DATE AS sold_on,
  place::INT AS place,
  product_id::TEXT AS product_id,
  stores::INT AS stores,
  qty::BIGINT AS qty,
  net_amount::DECIMAL(18, 2) AS net_amount
FROM placed
WHERE
  place <= 10
