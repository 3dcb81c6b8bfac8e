MODEL (
  name again,
  kind VIEW
);
SELECT full_names.day, full_names.qty FROM full_names UNION ALL SELECT day, qty FROM daily;
