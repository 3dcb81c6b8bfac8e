MODEL (
  name stg.products,
  kind FULL,
  cron '@daily',
  owner catalogue,
  grain (product_id, valid_from),
  description 'The catalogue, one row a product and period of equal price and category.',
  column_descriptions (
    valid_from = 'From this moment on',
    valid_to = 'Until just before this moment; the year 9999 where it still holds'
  ),
  audits (
    not_null(columns := (product_id, category, price, valid_from, valid_to)),
    unique_combination_of_columns(columns := (product_id, valid_from)),
    accepted_range(column := price, min_v := 0, inclusive := false)
  )
);

SELECT
  product_id::TEXT AS product_id,
  name::TEXT AS name,
  category::TEXT AS category,
  price::DECIMAL(9, 2) AS price,
  valid_from::TIMESTAMP AS valid_from,
  COALESCE(valid_to, '9999-12-31 00:00:00'::TIMESTAMP)::TIMESTAMP AS valid_to
FROM raw.products
