MODEL (name roster.by_time_del, kind SCD_TYPE_2 (unique_key [team, person], updated_at_name changed, invalidate_hard_deletes TRUE, valid_from_name vf, valid_to_name vt, disable_restatement FALSE), columns (team TEXT, person INT, pay DECIMAL(9,2), changed TIMESTAMP, vf TIMESTAMP, vt TIMESTAMP));
SELECT team, person, pay::DECIMAL(9,2) AS pay, changed FROM roster.src WHERE person IS NOT NULL
