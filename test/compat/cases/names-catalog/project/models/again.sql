MODEL (
  name db.mart.again,
  kind VIEW
);
SELECT full_names.day, full_names.qty FROM db.mart.full_names UNION ALL SELECT day, qty FROM mart.daily;
