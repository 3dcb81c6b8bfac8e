MODEL (
  name depot.list_@place,
  kind VIEW,
  blueprints (
    (place := north, cols := [id, qty], floor := 2, cond := qty > 1),
    (place := south, cols := [id, price], floor := 5, cond := price > 2.0 OR qty > 6)
  )
);

SELECT
  @EACH(@cols, c -> c AS out_@c),
  @floor::INT AS floor,
  @GENERATE_SURROGATE_KEY(@EACH(@cols, c -> c), day)::TEXT AS key,
  @'@place'::TEXT AS place
FROM depot.moves
WHERE @cond AND depot = @'@place'
