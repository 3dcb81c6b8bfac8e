MODEL (
  name last_one,
  kind FULL
);
SELECT a.day, a.qty, (SELECT MAX(id) FROM orders) AS m, (SELECT COUNT(*) FROM full_names) AS n FROM again AS a;
