MODEL (name shop.b, kind FULL);
SELECT x FROM shop.a
