MODEL (name shop.a, kind FULL);
SELECT 3 AS x, 2 AS y
