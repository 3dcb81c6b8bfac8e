MODEL (name apiary.by_day, kind INCREMENTAL_BY_TIME_RANGE (time_column born, batch_size 1), audits (
  accepted_range(column := weight, min_v := 0, max_v := 4, condition := born >= '2024-01-02'), number_of_rows(threshold := 0), unique_values(columns := (id, name)), busy_day(least := @start_ds), quiet, skipped
));
SELECT id, name, born, weight FROM apiary.bees WHERE born BETWEEN @start_date AND @end_date
