"""Records what SQLMesh's own writing of each kind makes of random histories on DuckDB.

Run with the interpreter of an environment that has `sqlmesh`: python record.py > recorded/histories.json
"""

import json
import random
import sys

import duckdb
from sqlglot import exp, parse_one
from sqlmesh.core.engine_adapter.duckdb import DuckDBEngineAdapter

TYPES = {"id": "INT", "region": "TEXT", "v": "INT", "at": "TIMESTAMP"}


def literal(value):
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def query_of(rows, columns):
    names = ", ".join(f"c{i}::{TYPES[c]} AS {c}" for i, c in enumerate(columns))
    if not rows:
        return "SELECT " + ", ".join(f"NULL::{TYPES[c]} AS {c}" for c in columns) + " WHERE FALSE"
    values = ", ".join("(" + ", ".join(literal(v) for v in row) + ")" for row in rows)
    return f"SELECT {names} FROM (VALUES {values}) AS v({', '.join(f'c{i}' for i in range(len(columns)))})"


def parsed(texts):
    return [parse_one(text, dialect="duckdb") for text in texts]


def rows_of(connection):
    return sorted(
        connection.execute("SELECT COLUMNS(*)::VARCHAR FROM t").fetchall(),
        key=lambda row: json.dumps(row),
    )


def random_rows(rng, columns, day, unique):
    rows = []
    for _ in range(rng.randint(0, 6)):
        made = {
            "id": rng.choice([1, 2, 3, 4, None]) if rng.random() < 0.3 else rng.randint(1, 4),
            "region": rng.choice(["a", "b", None]),
            "v": rng.choice([10, 20, 30, None]),
            "at": f"2025-01-{rng.randint(1, day):02d} 06:00:00" if rng.random() < 0.95 else None,
        }
        rows.append([made[c] for c in columns])
    if unique:
        rows = list({row[0]: row for row in rows}.values())
    return rows


def record(name, kind, options, seed):
    rng = random.Random(seed)
    columns = ["id", "region", "v", "at"] if kind.startswith("SCD") else ["id", "region", "v"]
    connection = duckdb.connect()
    adapter = DuckDBEngineAdapter(lambda: connection)
    types = {c: exp.DataType.build(TYPES[c], dialect="duckdb") for c in columns}
    if kind.startswith("SCD"):
        types |= {c: exp.DataType.build("TIMESTAMP", dialect="duckdb") for c in ("valid_from", "valid_to")}
        adapter.create_table("t", types)
    keys = parsed(options["keys"])
    steps = []
    for step in range(5):
        rows = random_rows(rng, columns, 3 * step + 3, kind.startswith("SCD") and rng.random() < 0.7)
        text = query_of(rows, columns)
        query = parse_one(text, dialect="duckdb")
        time = f"2025-01-{3 * step + 3:02d} 00:00:00"
        common = dict(
            target_table="t", source_table=query, unique_key=keys, target_columns_to_types=types,
            valid_from_col=exp.column("valid_from", quoted=True), valid_to_col=exp.column("valid_to", quoted=True),
            invalidate_hard_deletes=options.get("hard", False), truncate=step == 0,
        )
        if kind == "SCD_TYPE_2_BY_TIME":
            adapter.scd_type_2_by_time(
                **common, execution_time=time, updated_at_col=exp.column("at", quoted=True),
                updated_at_as_valid_from=options["as_valid_from"],
            )
        elif kind == "SCD_TYPE_2_BY_COLUMN":
            check = options["columns"]
            adapter.scd_type_2_by_column(
                **common,
                execution_time=exp.column("at", quoted=True) if options["updated_at"] else time,
                check_columns=exp.Star() if check is None else [exp.column(c, quoted=True) for c in check],
                execution_time_as_valid_from=options["as_valid_from"],
            )
        elif step == 0:
            adapter.replace_query("t", query, target_columns_to_types=types)
        elif kind == "INCREMENTAL_BY_PARTITION":
            adapter.insert_overwrite_by_partition("t", query, keys, target_columns_to_types=types)
        else:
            adapter.merge("t", query, types, keys)
        steps.append({"query": text, "time": time, "rows": rows_of(connection)})
    return {"name": name, "kind": kind, **options, "steps": steps}


def main():
    cases = []
    seed = 0

    def add(kind, options, times):
        nonlocal seed
        for _ in range(times):
            seed += 1
            cases.append(record(f"{kind} {seed}", kind, options, seed))

    for keys in (["id"], ["id", "COALESCE(region, '')"], ["id", "region"], ["COALESCE(id, 0) % 2"]):
        add("INCREMENTAL_BY_UNIQUE_KEY", {"keys": keys}, 3)
    for keys in (["region"], ["region", "id"], ["UPPER(region)"]):
        add("INCREMENTAL_BY_PARTITION", {"keys": keys}, 3)
    for hard in (False, True):
        for as_valid_from in (False, True):
            for keys in (["id"], ["id", "COALESCE(region, '')"]):
                add("SCD_TYPE_2_BY_TIME", {"keys": keys, "hard": hard, "as_valid_from": as_valid_from}, 2)
                for columns in (None, ["v", "region"]):
                    for updated_at in (False, True):
                        options = {"keys": keys, "hard": hard, "as_valid_from": as_valid_from}
                        add("SCD_TYPE_2_BY_COLUMN", {**options, "columns": columns, "updated_at": updated_at}, 1)
    lines = ",\n".join(json.dumps(case) for case in cases)
    sys.stdout.write(f"[\n{lines}\n]\n")


main()
