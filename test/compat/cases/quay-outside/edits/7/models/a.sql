MODEL (name quay.a, kind FULL);
SELECT id, name, UPPER(name) AS loud FROM READ_CSV('raw/ships.csv', header = TRUE)
