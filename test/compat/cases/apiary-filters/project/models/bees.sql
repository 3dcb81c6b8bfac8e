MODEL (name apiary.bees, kind SEED (path '../seeds/bees.csv'), columns (id INT, name TEXT, kind TEXT, weight DOUBLE, born DATE, mail TEXT, uid TEXT, url TEXT, n INT));
