MODEL (name loft.top, kind INCREMENTAL_BY_TIME_RANGE (time_column day));
SELECT a, 3 AS b FROM loft.base
