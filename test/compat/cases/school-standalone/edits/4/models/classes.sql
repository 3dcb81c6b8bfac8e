MODEL (name school.classes, kind FULL);
SELECT class, COUNT(*) AS n, AVG(mark) AS mark, MAX(mark) AS best FROM school.pupils GROUP BY class
