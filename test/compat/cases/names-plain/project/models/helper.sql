MODEL (
  name helper,
  kind EMBEDDED
);
SELECT day, qty * 2 AS twice FROM daily;
