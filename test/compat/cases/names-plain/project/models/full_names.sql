MODEL (
  name full_names,
  kind FULL,
  audits (above_all)
);
SELECT d.day, d.qty, orders.id FROM daily AS d JOIN orders ON orders.day = d.day;
