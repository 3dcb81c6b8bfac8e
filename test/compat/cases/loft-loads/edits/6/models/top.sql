MODEL (name loft.top, kind FULL);
SELECT a, 3 AS b FROM loft.nowhere
