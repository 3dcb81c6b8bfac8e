MODEL (
  name vin.end,
  kind FULL
);

SELECT (SELECT MAX(n) FROM vin.run) AS a, (SELECT COUNT(*) FROM vin.part) AS b, (SELECT COUNT(*) FROM vin.scd) AS c
