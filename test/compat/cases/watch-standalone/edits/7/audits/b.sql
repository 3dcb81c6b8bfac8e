AUDIT (name later_one, standalone TRUE);
SELECT e.day FROM shop.extra AS e WHERE e.n > 1;
