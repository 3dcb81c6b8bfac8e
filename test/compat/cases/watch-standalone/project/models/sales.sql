MODEL (name shop.sales, kind INCREMENTAL_BY_TIME_RANGE (time_column ts), grain id, audits (not_null(columns := (id))));
SELECT id::INT AS id, ts::TIMESTAMP AS ts, net::INT AS net FROM READ_CSV('raw/sales.csv', header = TRUE) WHERE ts BETWEEN @start_ts AND @end_ts
