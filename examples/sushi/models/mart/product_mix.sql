MODEL (
  name mart.product_mix,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column sold_on,
    batch_size 1
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner catalogue,
  grain (sold_on, category),
  description 'What share of a day each category earned, beside how many products it offered.',
  column_descriptions (
    offered = 'Products of the category in the catalogue at the end of the day',
    sold = 'Different products of the category that were sold',
    share = 'Part of the net amount of the day, 0 to 1'
  ),
  audits (
    not_null(columns := (sold_on, category, net_amount, share)),
    unique_combination_of_columns(columns := (sold_on, category)),
    accepted_range(column := share, min_v := 0, max_v := 1),
    shares_add_up
  )
);

WITH by_category AS (
  SELECT
    sold_on,
    category,
    COUNT(DISTINCT product_id) AS sold,
    SUM(qty) AS qty,
    SUM(net_amount)::DECIMAL(18, 2) AS net_amount
  FROM mart.fact_sales_transactions
  WHERE
    sold_on BETWEEN @start_ds AND @end_ds
  GROUP BY
    sold_on,
    category
), offers AS (
  SELECT
    m.sold_on,
    m.category,
    COUNT(p.product_id) AS offered
  FROM by_category AS m
  LEFT JOIN stg.products AS p
    ON m.category = p.category
    AND p.valid_from < m.sold_on + INTERVAL '1' DAY
    AND p.valid_to >= m.sold_on + INTERVAL '1' DAY
  GROUP BY
    m.sold_on,
    m.category
)
SELECT
  m.sold_on::DATE AS sold_on,
  m.category::TEXT AS category,
  o.offered::INT AS offered,
  m.sold::INT AS sold,
  m.qty::BIGINT AS qty,
  m.net_amount::DECIMAL(18, 2) AS net_amount,
  (m.net_amount / SUM(m.net_amount) OVER (PARTITION BY m.sold_on))::DECIMAL(9, 6) AS share
FROM by_category AS m
JOIN offers AS o
  ON m.sold_on = o.sold_on AND m.category = o.category
