MODEL (
  name mart.seen,
  kind VIEW
);
SELECT log.what, log.env, log.first, log.last, log.moment, log.who, days.days FROM ops.log CROSS JOIN (SELECT COUNT(*) AS days FROM mart.days) AS days;
