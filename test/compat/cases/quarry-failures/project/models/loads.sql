MODEL (name quarry.loads, kind INCREMENTAL_BY_TIME_RANGE (time_column day, batch_size 1));
SELECT id::INT AS id, day::DATE AS day, tons::TEXT::DOUBLE AS tons FROM READ_CSV('raw/loads.csv', header = TRUE, all_varchar = TRUE) WHERE day BETWEEN @start_ds AND @end_ds
