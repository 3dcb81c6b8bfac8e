MODEL (name school.classes, kind FULL);
SELECT class, COUNT(*) AS n, AVG(mark) AS mark FROM school.pupils GROUP BY class
