MODEL (
  name mart.helper,
  kind EMBEDDED
);
SELECT day, qty * 2 AS twice FROM mart.daily;
