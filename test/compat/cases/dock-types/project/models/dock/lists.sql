MODEL (
  name dock.lists,
  kind FULL
);

SELECT id::INT AS id, day::DATE AS day, w::INT AS w, p::DECIMAL(8, 2) AS p FROM (VALUES (1, '2024-03-01', 1, 1.5), (2, '2024-03-09', 2, 2.5), (3, '2024-03-10', 3, 3.5), (4, '2024-03-11', 4, 4.5), (5, '2024-03-12', 5, 5.5)) AS t(id, day, w, p)
