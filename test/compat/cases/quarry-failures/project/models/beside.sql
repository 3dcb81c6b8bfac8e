MODEL (name quarry.beside, kind FULL, cron '@hourly');
SELECT COUNT(*) AS n FROM READ_CSV('raw/loads.csv', header = TRUE, all_varchar = TRUE)
