MODEL (name roster.by_expr, kind SCD_TYPE_2_BY_COLUMN (unique_key [person], columns [COALESCE(role, 'none'), pay], updated_at_name changed));
SELECT person, role, pay, changed FROM roster.src WHERE person IS NOT NULL
