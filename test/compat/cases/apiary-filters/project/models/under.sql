MODEL (name apiary.under, kind VIEW, audits (not_null(columns := (id))));
SELECT id, born FROM apiary.by_day
