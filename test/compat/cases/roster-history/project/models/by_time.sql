MODEL (name roster.by_time, kind SCD_TYPE_2_BY_TIME (unique_key (team, person), updated_at_name changed), cron '@hourly', start '2024-05-01');
SELECT team, person, role, pay, changed FROM roster.src
