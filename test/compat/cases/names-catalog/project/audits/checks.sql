AUDIT (name own_check);
SELECT * FROM @this_model WHERE qty < 0;

AUDIT (name above_all);
SELECT f.* FROM @this_model AS f LEFT JOIN db.mart.orders ON orders.id = f.id WHERE orders.id IS NULL;
