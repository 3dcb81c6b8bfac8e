MODEL (name loft.top, kind FULL);
SELECT a, 2 AS b FROM loft.base
