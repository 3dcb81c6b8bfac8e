MODEL (
  name vin.part,
  kind INCREMENTAL_BY_PARTITION,
  partitioned_by (id)
);

SELECT id, day, n FROM vin.src
