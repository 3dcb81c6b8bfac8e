MODEL (name loft.mid, kind FULL);
SELECT a, b FROM loft.top
