MODEL (name shop.a, kind FULL);
SELECT 5 AS x, 2 AS y, 4 AS z
