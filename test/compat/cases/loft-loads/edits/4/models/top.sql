MODEL (name loft.base, kind FULL);
SELECT 3 AS a
