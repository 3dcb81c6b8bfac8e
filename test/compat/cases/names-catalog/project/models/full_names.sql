MODEL (
  name db.mart.full_names,
  kind FULL,
  audits (above_all)
);
SELECT d.day, d.qty, orders.id FROM db.mart.daily AS d JOIN db.mart.orders ON orders.day = d.day;
