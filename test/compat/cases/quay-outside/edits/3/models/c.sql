MODEL (name quay.c, kind VIEW);
SELECT * FROM outside.ships
