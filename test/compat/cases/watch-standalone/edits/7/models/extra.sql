MODEL (name shop.extra, kind FULL);
SELECT day, n FROM shop.days
