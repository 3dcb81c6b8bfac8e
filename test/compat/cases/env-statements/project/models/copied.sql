MODEL (
  name mart.copied,
  kind FULL
);
SELECT what, env, first, last, moment, who FROM ops.log;
