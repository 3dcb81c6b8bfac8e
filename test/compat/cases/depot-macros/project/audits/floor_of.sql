AUDIT (
  name floor_of,
  defaults (least = 1)
);

SELECT * FROM @this_model WHERE @AND(@column < @least, @IF(@least > 100, FALSE))
