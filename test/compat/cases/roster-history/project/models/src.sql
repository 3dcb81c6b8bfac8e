MODEL (name roster.src, kind VIEW);
SELECT team::TEXT AS team, person::INT AS person, role::TEXT AS role, pay::DOUBLE AS pay, changed::TIMESTAMP AS changed FROM READ_CSV('raw/people.csv', header = TRUE, nullstr='')
