MODEL (name shop.a, kind FULL);
SELECT 1 AS x, 2 AS y
