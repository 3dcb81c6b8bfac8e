MODEL (
  name stg.discounts,
  kind FULL,
  cron '@daily',
  owner pricing,
  grain (code, valid_from),
  description 'Discount rules, one row a code and period.',
  column_descriptions (
    combo_rate = 'Share of the gross amount taken off combo menus',
    promo_rate = 'Share of the gross amount taken off by the promotion',
    valid_to = 'Last day; the year 9999 where it still holds'
  ),
  audits (
    not_null(columns := (code, combo_rate, promo_rate, valid_from, valid_to)),
    unique_combination_of_columns(columns := (code, valid_from)),
    accepted_range(column := combo_rate, min_v := 0, max_v := 0.5),
    accepted_range(column := promo_rate, min_v := 0, max_v := 0.5)
  )
);

SELECT
  code::TEXT AS code,
  combo_discount::DECIMAL(5, 2) AS combo_rate,
  promo_discount::DECIMAL(5, 2) AS promo_rate,
  valid_from::DATE AS valid_from,
  COALESCE(valid_to, '9999-12-31'::DATE)::DATE AS valid_to
FROM raw.discounts
