MODEL (
  name mart.daily_sales,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column sold_on,
    batch_size 1
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner sales_data,
  grain (sold_on, store_id, product_id),
  description 'Sales by day, store and product.',
  column_descriptions (
    sales = 'Number of sales',
    qty = 'Pieces sold',
    discount_amount = 'Combo and promotion discounts together',
    net_amount = 'What guests paid, tax included'
  ),
  audits (
    not_null(columns := (sold_on, store_id, product_id, net_amount)),
    unique_combination_of_columns(columns := (sold_on, store_id, product_id)),
    accepted_range(column := net_amount, min_v := 0)
  )
);

SELECT
  sold_on::DATE AS sold_on,
  store_id::TEXT AS store_id,
  product_id::TEXT AS product_id,
  COUNT(*)::BIGINT AS sales,
  SUM(qty)::BIGINT AS qty,
  SUM(gross_amount)::DECIMAL(18, 2) AS gross_amount,
  SUM(combo_discount + promo_discount)::DECIMAL(18, 2) AS discount_amount,
  SUM(net_amount)::DECIMAL(18, 2) AS net_amount,
  SUM(tax_amount)::DECIMAL(18, 2) AS tax_amount
FROM mart.fact_sales_transactions
WHERE
  sold_on BETWEEN @start_ds AND @end_ds
GROUP BY
  sold_on,
  store_id,
  product_id
