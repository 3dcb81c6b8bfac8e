MODEL (
  name stg.stores,
  kind VIEW,
  owner sales_data,
  grain store_id,
  description 'The six restaurants.',
  column_descriptions (
    region = 'North, West or South',
    seats = 'Seats indoors'
  ),
  audits (
    not_null(columns := (store_id, name)),
    unique_values(columns := (store_id))
  )
);

SELECT
  store_id::TEXT AS store_id,
  name::TEXT AS name,
  city::TEXT AS city,
  region::TEXT AS region,
  opened_on::DATE AS opened_on,
  seats::INT AS seats
FROM raw.stores
