AUDIT (name later_one, standalone TRUE);
@DEF(limit_, 8);
SELECT s.id FROM shop.sales AS s WHERE s.net > @limit_;
