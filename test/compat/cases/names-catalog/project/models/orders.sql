MODEL (
  name db.mart.orders,
  kind SEED (path '../seeds/orders.csv'),
  columns (id INT, day DATE, qty INT)
);
