MODEL (
  name vin.part,
  kind INCREMENTAL_BY_PARTITION,
  partitioned_by (id)
);

SELECT id, day, n, 1 AS one FROM vin.src
