AUDIT (name too_many, standalone TRUE, cron '@weekly');
SELECT * FROM shop.days WHERE n > @VAR('most');

AUDIT (name small_days, standalone TRUE, defaults (least = 6));
SELECT d.day FROM shop.days d WHERE d.net < @least AND d.day BETWEEN @start_date AND @end_date;

AUDIT (name quiet, standalone TRUE, skip TRUE);
SELECT * FROM shop.sales
