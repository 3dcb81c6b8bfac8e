MODEL (name quay.b, kind FULL);
SELECT id, COUNT(*) AS n FROM quay.a GROUP BY id
