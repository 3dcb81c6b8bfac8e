MODEL (name loft.top, kind SOMETIMES);
SELECT a, 3 AS b FROM loft.base
