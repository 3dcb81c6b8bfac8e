MODEL (name roster.by_time_all, kind SCD_TYPE_2_BY_TIME (unique_key CONCAT(COALESCE(team, ''), '|', person), updated_at_name changed, invalidate_hard_deletes TRUE, updated_at_as_valid_from TRUE, time_data_type TIMESTAMP WITH TIME ZONE));
SELECT team, person, role, pay, changed FROM roster.src
