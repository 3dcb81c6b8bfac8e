AUDIT (name whole_school, standalone TRUE, cron '@daily');
SELECT c.class FROM school.classes c LEFT JOIN school.pupils p ON p.class = c.class WHERE p.id IS NULL OR c.n > 2;
