MODEL (name loft.mid, kind VIEW);
SELECT 4 AS a
