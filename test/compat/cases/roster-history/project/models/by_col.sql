MODEL (name roster.by_col, kind SCD_TYPE_2_BY_COLUMN (unique_key person, columns (role), invalidate_hard_deletes FALSE, execution_time_as_valid_from TRUE), cron '@hourly', start '2024-05-01');
SELECT person, role, pay FROM roster.src WHERE person IS NOT NULL
