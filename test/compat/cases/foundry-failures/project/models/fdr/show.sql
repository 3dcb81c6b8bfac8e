MODEL (
  name fdr.show,
  kind VIEW
);

SELECT n FROM fdr.cast_sum
