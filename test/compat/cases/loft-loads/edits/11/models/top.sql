MODEL (name loft.top, kind FULL);
SELECT a, 4 AS b FROM loft.mid
