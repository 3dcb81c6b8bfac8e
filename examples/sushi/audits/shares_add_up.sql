AUDIT (
  name shares_add_up
);

SELECT
  sold_on,
  SUM(share) AS total
FROM @this_model
GROUP BY
  sold_on
HAVING
  ABS(SUM(share) - 1) > 0.0001
