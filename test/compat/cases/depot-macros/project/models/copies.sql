MODEL (
  name depot.copies,
  kind FULL
);

SELECT
  @STAR(depot.moves, m, exclude := [batch_start, batch_end, span], suffix := '_1'),
  @STAR(depot.by_size, alias := b, exclude := [day], prefix := 'b_')
FROM depot.moves AS m
LEFT OUTER @JOIN(@limit_qty > 1) depot.by_size AS b ON b.day = m.day
@ORDER_BY(@loud) m.id
