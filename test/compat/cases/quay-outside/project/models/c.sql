MODEL (name quay.c, kind VIEW, enabled FALSE);
SELECT * FROM outside.ships
