MODEL (name roster.by_star, kind SCD_TYPE_2_BY_COLUMN (unique_key [person], columns *, invalidate_hard_deletes TRUE));
SELECT person, role, pay, team, changed FROM roster.src WHERE person IS NOT NULL
