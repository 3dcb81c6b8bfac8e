MODEL (name quarry.below, kind VIEW);
SELECT a.day, a.tons, b.n FROM quarry.after a, quarry.beside b
