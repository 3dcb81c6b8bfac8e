MODEL (
  name mart.last,
  kind FULL
);
SELECT a.day, a.qty, (SELECT MAX(id) FROM db.mart.orders) AS m, (SELECT COUNT(*) FROM mart.full_names) AS n FROM db.mart.again AS a;
