MODEL (
  name mart.store_report,
  kind FULL,
  cron '@daily',
  owner finance,
  grain (month, store_id),
  description 'The report that goes to the owners: each store and month.',
  column_descriptions (
    month = 'First day of the month',
    net_per_sale = 'Net amount of an average sale',
    net_per_seat = 'Net amount for each seat',
    place = '1 for the store that earned most in the month'
  ),
  audits (
    not_null(columns := (month, store_id, store_name, net_amount)),
    unique_combination_of_columns(columns := (month, store_id))
  )
);

WITH by_month AS (
  SELECT
    DATE_TRUNC('MONTH', sold_on)::DATE AS month,
    store_id,
    SUM(sales) AS sales,
    SUM(qty) AS qty,
    SUM(gross_amount)::DECIMAL(18, 2) AS gross_amount,
    SUM(discount_amount)::DECIMAL(18, 2) AS discount_amount,
    SUM(net_amount)::DECIMAL(18, 2) AS net_amount,
    SUM(tax_amount)::DECIMAL(18, 2) AS tax_amount
  FROM mart.daily_sales
  GROUP BY
    DATE_TRUNC('MONTH', sold_on)::DATE,
    store_id
)
SELECT
  m.month::DATE AS month,
  m.store_id::TEXT AS store_id,
  s.name::TEXT AS store_name,
  s.region::TEXT AS region,
  m.sales::BIGINT AS sales,
  m.qty::BIGINT AS qty,
  m.gross_amount::DECIMAL(18, 2) AS gross_amount,
  m.discount_amount::DECIMAL(18, 2) AS discount_amount,
  m.net_amount::DECIMAL(18, 2) AS net_amount,
  m.tax_amount::DECIMAL(18, 2) AS tax_amount,
  (m.net_amount / m.sales)::DECIMAL(12, 2) AS net_per_sale,
  (m.net_amount / s.seats)::DECIMAL(12, 2) AS net_per_seat,
  (ROW_NUMBER() OVER (PARTITION BY m.month ORDER BY m.net_amount DESC, m.store_id))::INT AS place
FROM by_month AS m
JOIN stg.stores AS s
  ON m.store_id = s.store_id
