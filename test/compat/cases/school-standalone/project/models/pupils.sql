MODEL (name school.pupils, kind FULL);
SELECT id::INT AS id, class::TEXT AS class, mark::INT AS mark FROM READ_CSV('raw/pupils.csv', header = TRUE)
