MODEL (name loft.top, kind FULL);
SELECT a, @NO_SUCH(1) AS b FROM loft.base
