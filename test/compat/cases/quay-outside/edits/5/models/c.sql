MODEL (name quay.c, kind FULL);
SELECT b.*, 1 AS one FROM quay.b AS b
