MODEL (
  name mart.fact_sales_transactions,
  kind INCREMENTAL_BY_UNIQUE_KEY (
    unique_key transaction_id,
    batch_size 1
  ),
  start '2025-01-01',
  end '2025-03-31',
  cron '@daily',
  owner sales_data,
  grain transaction_id,
  description 'Every sale once: the tills where they have reported, the stream where they have not yet.',
  column_descriptions (
    transaction_id = 'Day, store and number of the sale',
    sold_on = 'Day of the sale, UTC',
    category = 'Category of the product at the time of the sale',
    unit_price = 'Price charged, else the catalogue price at the time of the sale',
    gross_amount = 'Quantity times unit price',
    combo_discount = 'Amount taken off a combo menu',
    promo_discount = 'Amount taken off by a promotion',
    net_amount = 'What the guest paid, tax included',
    tax_amount = 'Tax on the net amount'
  ),
  audits (
    not_null(columns := (transaction_id, sold_at, category, unit_price, net_amount, tax_amount)),
    unique_values(columns := (transaction_id)),
    net_within_gross
  )
);

WITH unioned AS (
  SELECT
    1 AS priority,
    'pos' AS origin,
    transaction_id,
    sold_at,
    store_id,
    product_id,
    qty,
    unit_price,
    discount_code,
    channel
  FROM stg.pos_sales
  WHERE
    sold_at BETWEEN @start_ts AND @end_ts
  UNION ALL
  SELECT
    2 AS priority,
    'stream' AS origin,
    transaction_id,
    sold_at,
    store_id,
    product_id,
    qty,
    unit_price,
    discount_code,
    channel
  FROM stg.stream_sales
  WHERE
    sold_at BETWEEN @start_ts AND @end_ts
), deduped AS (
  SELECT
    *
  FROM unioned
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY transaction_id ORDER BY priority) = 1
), priced AS (
  SELECT
    s.transaction_id,
    s.sold_at,
    s.store_id,
    s.product_id,
    c.category,
    s.channel,
    s.origin,
    s.discount_code,
    s.qty,
    COALESCE(s.unit_price, c.price)::DECIMAL(9, 2) AS unit_price,
    (s.qty * COALESCE(s.unit_price, c.price))::DECIMAL(12, 2) AS gross_amount
  FROM deduped AS s
  LEFT JOIN stg.products AS c
    ON s.product_id = c.product_id AND s.sold_at >= c.valid_from AND s.sold_at < c.valid_to
), ruled AS (
  SELECT
    p.*,
    COALESCE(ROUND(p.gross_amount * d.combo_rate, 2), 0)::DECIMAL(12, 2) AS combo_discount,
    COALESCE(ROUND(p.gross_amount * d.promo_rate, 2), 0)::DECIMAL(12, 2) AS promo_discount
  FROM priced AS p
  LEFT JOIN stg.discounts AS d
    ON p.discount_code = d.code AND p.sold_at::DATE BETWEEN d.valid_from AND d.valid_to
), discounted AS (
  SELECT
    r.*,
    (
      r.gross_amount
      - r.combo_discount
      - r.promo_discount
    )::DECIMAL(12, 2) AS net_amount
  FROM ruled AS r
)
SELECT
  transaction_id::TEXT AS transaction_id,
  sold_at::DATE AS sold_on,
  sold_at::TIMESTAMP AS sold_at,
  store_id::TEXT AS store_id,
  product_id::TEXT AS product_id,
  category::TEXT AS category,
  channel::TEXT AS channel,
  origin::TEXT AS origin,
  qty::INT AS qty,
  unit_price::DECIMAL(9, 2) AS unit_price,
  gross_amount::DECIMAL(12, 2) AS gross_amount,
  combo_discount::DECIMAL(12, 2) AS combo_discount,
  promo_discount::DECIMAL(12, 2) AS promo_discount,
  net_amount::DECIMAL(12, 2) AS net_amount,
  ROUND(net_amount * @tax_rate::DECIMAL(4, 2), 2)::DECIMAL(12, 2) AS tax_amount
FROM discounted
