import { sql } from '../sql/sql';

/** Version of the layout of the schema `teal`; a warehouse of a later one is refused, of an earlier one brought up. */
export const LAYOUT = 2;

/** Makes Teal's own schemas and bookkeeping tables where they are not there. JSON stands as text: engines without the JSON functions read it too. */
export const createLayout = sql`
CREATE SCHEMA IF NOT EXISTS teal;
CREATE SCHEMA IF NOT EXISTS teal_data;
CREATE SCHEMA IF NOT EXISTS teal_diff;
CREATE SCHEMA IF NOT EXISTS raw;
CREATE TABLE IF NOT EXISTS teal.meta (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.snapshot (
  id VARCHAR PRIMARY KEY, source VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, current BOOLEAN NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.quarantine (
  snapshot VARCHAR NOT NULL, file VARCHAR NOT NULL, line BIGINT NOT NULL, column_name VARCHAR NOT NULL, reason VARCHAR NOT NULL,
  raw VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS teal.segment (
  table_name VARCHAR PRIMARY KEY, model VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, head INTEGER, columns VARCHAR NOT NULL,
  run VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS teal.version (
  model VARCHAR NOT NULL, number INTEGER NOT NULL, body VARCHAR NOT NULL, PRIMARY KEY (model, number));
CREATE TABLE IF NOT EXISTS teal.edition (
  model VARCHAR NOT NULL, id VARCHAR NOT NULL, body VARCHAR NOT NULL, PRIMARY KEY (model, id));
CREATE TABLE IF NOT EXISTS teal.done (
  model VARCHAR NOT NULL, line VARCHAR NOT NULL, dev_line VARCHAR NOT NULL, edition VARCHAR NOT NULL, body VARCHAR NOT NULL,
  PRIMARY KEY (model, line, dev_line, edition));
CREATE TABLE IF NOT EXISTS teal.head (
  model VARCHAR NOT NULL, line VARCHAR NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (model, line));
CREATE TABLE IF NOT EXISTS teal.environment (name VARCHAR PRIMARY KEY, body VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.release (number INTEGER PRIMARY KEY, body VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.run (
  id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, environment VARCHAR NOT NULL, title VARCHAR NOT NULL, status VARCHAR NOT NULL,
  user_name VARCHAR NOT NULL, commit_id VARCHAR NOT NULL, dirty BOOLEAN NOT NULL, engine VARCHAR NOT NULL,
  started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP, seconds DOUBLE, rows_written BIGINT NOT NULL, release INTEGER,
  plan VARCHAR, problem VARCHAR);
CREATE TABLE IF NOT EXISTS teal.batch (
  run VARCHAR NOT NULL, model VARCHAR NOT NULL, index INTEGER NOT NULL, start_at TIMESTAMP NOT NULL, end_at TIMESTAMP NOT NULL,
  rows_written BIGINT NOT NULL, milliseconds DOUBLE NOT NULL, finished_at TIMESTAMP NOT NULL, PRIMARY KEY (run, model, index));
CREATE TABLE IF NOT EXISTS teal.audit_result (
  run VARCHAR NOT NULL, model VARCHAR NOT NULL, batch VARCHAR NOT NULL, audit VARCHAR NOT NULL, failed_rows BIGINT NOT NULL,
  blocking BOOLEAN NOT NULL, "at" TIMESTAMP NOT NULL);
ALTER TABLE teal.audit_result ADD COLUMN IF NOT EXISTS arguments VARCHAR;
ALTER TABLE teal.audit_result ADD COLUMN IF NOT EXISTS skipped BOOLEAN;
CREATE TABLE IF NOT EXISTS teal.audit_failure (
  id VARCHAR PRIMARY KEY, run VARCHAR NOT NULL, model VARCHAR NOT NULL, audit VARCHAR NOT NULL, batch VARCHAR NOT NULL, blocking BOOLEAN NOT NULL,
  failed_rows BIGINT NOT NULL, kept_rows BIGINT NOT NULL, columns VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS teal.audit_row (failure VARCHAR NOT NULL, index INTEGER NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.event (
  seq BIGINT PRIMARY KEY, "at" TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, body VARCHAR NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS teal.comparison (id VARCHAR PRIMARY KEY, "at" TIMESTAMP NOT NULL, body VARCHAR NOT NULL);
INSERT OR IGNORE INTO teal.meta VALUES ('layout', ${String(LAYOUT)});
UPDATE teal.meta SET value = ${String(LAYOUT)} WHERE name = 'layout' AND value = '1';
`;
