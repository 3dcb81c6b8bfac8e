MODEL (
  name db.mart.reader,
  kind INCREMENTAL_BY_UNIQUE_KEY (unique_key day)
);
SELECT day, twice FROM db.mart.helper;
