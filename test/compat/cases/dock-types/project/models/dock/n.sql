MODEL (
  name dock.n,
  kind FULL
);

SELECT COUNT(*)::INT AS n FROM dock.crates
