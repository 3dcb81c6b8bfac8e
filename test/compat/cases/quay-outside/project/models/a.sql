MODEL (name quay.a, kind FULL);
SELECT id, name FROM READ_CSV('raw/ships.csv', header = TRUE)
