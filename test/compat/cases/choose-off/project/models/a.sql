MODEL (name shop.a, kind FULL);
SELECT 1 AS x
