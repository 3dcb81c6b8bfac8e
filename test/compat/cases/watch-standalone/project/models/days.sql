MODEL (name shop.days, kind VIEW);
SELECT ts::DATE AS day, COUNT(*) AS n, SUM(net)::INT AS net FROM shop.sales GROUP BY 1
