import { environmentViewName, PROD } from '../base/names';
import { columnList, id, type Sql, sql } from '../sql/sql';
import { environmentStatement } from './store';
import type { Environment, Version, VersionMap } from './types';
import { versionViewName } from './views';

/** A model of an environment that will show another version; `version` null: it is taken away. */
export interface Move {
  readonly model: string;
  readonly version: Version | null;
}

/** An environment pointed elsewhere: what it shows then, and the statements that make it so when they run in one transaction. */
export interface Pointing {
  readonly next: Environment;
  readonly statements: readonly Sql[];
}

/** Points an environment at other versions: all views of all moved models and its map. Nothing is run here. */
export function pointEnvironment(environment: Environment, moves: readonly Move[]): Pointing {
  const shown = moves.filter((move) => move.version);
  const schemas = new Set(shown.map((move) => environmentViewName(environment.name, move.model)[0]));
  const gone = new Set(moves.filter((move) => !move.version).map((move) => move.model));
  const kept = <T>(map: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(map).filter(([model]) => !gone.has(model)));
  const next = {
    ...environment,
    versions: movedMap(environment.versions, moves),
    lines: kept(environment.lines),
  };
  const statements = [
    ...[...schemas].map((schema) => sql`CREATE SCHEMA IF NOT EXISTS ${id(schema)}`),
    ...moves.map((move) => viewStatement(environment.name, move)),
    environmentStatement(next),
  ];
  return { next, statements };
}

/** The text of the view by which an environment's readers see a version. */
function environmentViewQuery(version: Pick<Version, 'model' | 'number' | 'columns'>): Sql {
  return sql`SELECT ${columnList(version.columns.map((column) => column.name))} FROM ${id(...versionViewName(version.model, version.number))}`;
}

/** An environment that nothing has been filled in yet: it shows what prod shows. */
export function emptyEnvironment(name: string): Environment {
  return {
    name,
    versions: {},
    base: {},
    baseRelease: null,
    brief: null,
    title: name === PROD ? '' : name,
    filledAt: null,
    editions: {},
    lines: {},
    expiresAt: null,
  };
}

function viewStatement(environment: string, move: Move): Sql {
  const view = id(...environmentViewName(environment, move.model));
  if (!move.version) return sql`DROP VIEW IF EXISTS ${view}`;
  return sql`CREATE OR REPLACE VIEW ${view} AS ${environmentViewQuery(move.version)}`;
}

function movedMap(before: VersionMap, moves: readonly Move[]): VersionMap {
  const map = { ...before };
  for (const move of moves) {
    if (move.version) map[move.model] = move.version.number;
    else delete map[move.model];
  }
  return map;
}
