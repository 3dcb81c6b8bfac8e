MODEL (name quay.b, kind FULL);
SELECT id, COUNT(*) AS n, MAX(name) AS name FROM quay.a GROUP BY id
