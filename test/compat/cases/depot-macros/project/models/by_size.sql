MODEL (
  name depot.by_size,
  kind FULL
);

@DEF(total, SUM(qty));
@DEF(worth, (q, p) -> COALESCE(@q, 0) * COALESCE(@p, 0.0));
@DEF(sizes_here, [small, big]);

CREATE OR REPLACE TEMPORARY TABLE keep_@depot AS SELECT @depot AS depot, @VAR('factor') AS factor;

SELECT
  day,
  @EACH(@sizes, s -> SUM(CASE WHEN size = @s THEN qty END)::BIGINT AS qty_@s),
  @EACH(@sizes_here, s -> COUNT_IF(size = '@s')::BIGINT AS odd_@s),
  @PIVOT(size, ['small', 'big'], then_value := @worth(qty, price), prefix := 'worth_', agg := 'MAX'),
  @total::BIGINT AS total,
  @SAFE_DIV(@total, COUNT(qty))::DOUBLE AS mean,
  SUM(@worth(qty, price) * @factor)::DOUBLE AS worth,
  @'@{label_prefix}: @depot'::TEXT AS label
FROM depot.moves
@WHERE(NOT @loud) qty IS NULL OR qty <= @limit_qty + 3
GROUP BY day
