MODEL (name loft.base, kind FULL);
SELECT 1 AS a
