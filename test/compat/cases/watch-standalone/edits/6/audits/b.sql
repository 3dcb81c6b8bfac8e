AUDIT (name later_one, standalone TRUE);
SELECT s.nothing FROM shop.sales AS s;

AUDIT (name after_all, standalone TRUE);
SELECT * FROM shop.days WHERE n = 0
