MODEL (
  name fdr.apart,
  kind FULL,
  audits (forall(criteria := (n < 50)))
);

SELECT COUNT(*) AS n FROM fdr.ore
