MODEL (
  name vin.scd,
  kind SCD_TYPE_2_BY_COLUMN (unique_key id, columns (n))
);

SELECT id, n FROM vin.src WHERE day < @execution_ds::DATE
