MODEL (name loft.top, kind FULL, audits (nobody_knows));
SELECT a, 3 AS b FROM loft.base
