"""Plans and applies a project with the real SQLMesh, then writes every table of prod as Parquet.

    python sqlmesh_run.py PROJECT OUT EXECUTION_TIME

PROJECT is used in place: give it a copy. OUT gets one <schema>.<name>.parquet for each model and each raw view.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from pathlib import Path

os.environ["SQLMESH__DISABLE_ANONYMIZED_ANALYTICS"] = "true"
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()
warnings.filterwarnings("ignore")


def main(project: Path, out: Path, execution_time: str) -> None:
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    os.chdir(project)  # raw files are named relative to the project

    from sqlglot import exp
    from sqlmesh import Context
    from sqlmesh.core.console import configure_console

    configure_console(ignore_warnings=True)
    context = Context(paths=".", concurrent_tasks=1)
    context.plan(auto_apply=True, no_prompts=True, execution_time=execution_time)
    tables = {}
    for fqn in context.models:
        table = exp.to_table(fqn, dialect="duckdb")
        name = f"{table.db}.{table.name}"
        file = (out / f"{name}.parquet").as_posix()
        context.engine_adapter.execute(f"COPY (SELECT * FROM {name}) TO '{file}' (FORMAT parquet)")
        tables[name] = context.engine_adapter.fetchone(f"SELECT COUNT(*) FROM '{file}'")[0]
    context.close()
    (out / "tables.json").write_text(json.dumps(tables, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
