MODEL (
  name vin.src,
  kind FULL
);

SELECT id::INT AS id, day::DATE AS day, n::INT * 10 AS n FROM (VALUES (1, '2024-03-01', 1), (2, '2024-03-04', 2), (3, '2024-03-09', 3), (4, '2024-03-10', 4), (5, '2024-03-11', 5), (6, '2024-03-12', 6)) AS t(id, day, n)
