MODEL (
  name dock.v,
  kind VIEW
);

SELECT * FROM dock.crates
