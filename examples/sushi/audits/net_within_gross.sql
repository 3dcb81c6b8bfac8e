AUDIT (
  name net_within_gross
);

SELECT
  transaction_id,
  gross_amount,
  net_amount
FROM @this_model
WHERE
  net_amount < 0 OR net_amount > gross_amount
