"""Records what SQLMesh makes of seed files with various settings on DuckDB.

Run with the interpreter of an environment that has `sqlmesh`: python record_seeds.py > recorded/seeds.json
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import duckdb

CASES = {
    "plain": ({}, "", "id,name,price\n1,a,1.5\n2,b,2\n3,,\n"),
    "gaps": ({}, "", "id,flag,n,empty\n1,true,1,\n2,,,\n3,False,3,\n"),
    "flags": ({}, "", "id,flag\n1,true\n2,FALSE\n"),
    "default_na": ({}, "", "a,b\nNA,x\nnull,None\nN/A,n/a\nnan,<NA>\n#N/A,-\n"),
    "quoted": ({}, "", 'a,b\n"x, y","say ""hi"""\n"two\nlines",""\n'),
    "days_stay_text": ({}, "", "d,t\n2024-01-05,2024-01-05 10:00:00\n2024-02-01,2024-02-01 00:00:00\n"),
    "zeros": ({}, "", "zip,code\n007,1e3\n012,2.50\n"),
    "zeros_declared": ({}, "zip TEXT, code TEXT", "zip,code\n007,1e3\n012,2.50\n"),
    "gaps_declared_text": ({}, "a TEXT, b TEXT", "a,b\n1,true\n,\n3,false\n"),
    "floats_as_text": ({}, "a TEXT", "a\n0.00001\n1e20\n123456789.125\n100000\n0.1\n-0.0\n"),
    "integers": ({}, "id INT, big BIGINT, n DECIMAL(9, 2)", "id,big,n\n1,9007199254740993,1.005\n2,,2\n,3,\n"),
    "days": ({}, "d DATE, t TIMESTAMP, z DATE", "d,t,z\n2024-01-05,2024-01-05 10:00:00,01/31/2024\n,,\n2024-02-01,2024-02-01 00:00:00,02/01/2024\n"),
    "truth": ({}, "a BOOLEAN, b BOOLEAN, c BOOLEAN", "a,b,c\nyes,1,true\nno,0,\n,1,false\nmaybe,0,true\n"),
    "truth_with_gaps": ({}, "a BOOLEAN", "a,b\n1,x\n0,y\n,z\n"),
    "order": ({}, "b TEXT, a INT", "a,b,c\n1,x,9\n2,y,8\n"),
    "header": ({}, "", "Id,Full Name,VALUE\n1,x,2\n"),
    "semicolon": ({"delimiter": "';'"}, "", "a;b\n1;x,y\n"),
    "tab": ({"delimiter": "'\\t'"}, "", "a\tb\n1\tx\n"),
    "single_quotes": ({"quotechar": "''''"}, "", "a,b\n'x, y',\"z\"\n"),
    "escape": ({"escapechar": "'\\'", "doublequote": "false"}, "", 'a,b\n"x \\"y\\"",2\nu\\,v,3\n'),
    "no_double": ({"doublequote": "false"}, "", 'a,b\n"x""y",2\n'),
    "space": ({"skipinitialspace": "true"}, "", 'a, b\n1, "x, y"\n2,  z\n'),
    "no_skip": ({}, "", "a, b\n1, x\n 2,y \n"),
    "line_end": ({"lineterminator": "'~'"}, "", "a,b~1,x~2,y~"),
    "own_na": ({"na_values": "('-', 'none')"}, "", "a,b\n-,x\n2,none\n3,NA\n"),
    "own_na_by_column": ({"na_values": "(a = ('x'), b = ('y', 'z'))"}, "", "a,b\nx,x\ny,y\nz,z\n"),
    "own_na_alone": ({"na_values": "('-')", "keep_default_na": "false"}, "", "a,b\n-,x\nNA,\nq,-\n"),
    "no_default_na": ({"keep_default_na": "false"}, "", "a,b\n1,NA\n2,\n"),
    "na_number": ({"na_values": "(0, 99)"}, "", "a,b\n0,99\n1,98\n0.0,x\n"),
    "blank_lines": ({}, "", "a,b\n\n1,x\n\n2,y\n\n"),
    "short_line": ({}, "", "a,b,c\n1,x\n2,y,z\n"),
    "windows": ({}, "", "a,b\r\n1,x\r\n2,y\r\n"),
    "bom": ({}, "", "\ufeffa,b\n1,x\n"),
    "twice": ({}, "", "a,a,b\n1,2,3\n"),
    "nothing": ({}, "", "a,b\n"),
    "nothing_declared": ({}, "a INT, b TEXT", "a,b\n"),
    "huge": ({}, "", "a,b\n9223372036854775807,99999999999999999999\n-5,1\n"),
    "spaces_in_numbers": ({}, "", "a,b\n 1 , 2.5\n2,3 \n"),
    "plus": ({}, "", "a,b\n+1,+2.5\n2,.5\n"),
    "infinity": ({}, "", "a\ninf\n-Infinity\n1\n"),
    "unicode": ({}, "", "a,b\nÄpfel,日本\n"),
}


def main():
    from sqlmesh import Context

    cases = []
    for name, (settings, columns, csv) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("models").mkdir()
            Path("seeds").mkdir()
            Path("config.yaml").write_text(
                "gateways: {local: {connection: {type: duckdb, database: db.duckdb}}}\n"
                "model_defaults: {dialect: duckdb, start: '2025-01-01'}\n"
            )
            pairs = ", ".join(f"{key} = {value}" for key, value in settings.items())
            csv_settings = f", csv_settings ({pairs})" if pairs else ""
            declared = f", columns ({columns})" if columns else ""
            Path("models/s.sql").write_text(
                f"MODEL (name shop.s, kind SEED (path '../seeds/s.csv'{csv_settings}){declared});\n"
            )
            Path("seeds/s.csv").write_bytes(csv.encode())
            case = {"name": name, "settings": settings, "columns": columns, "csv": csv}
            try:
                context = Context(paths=".")
                context.plan(auto_apply=True, no_prompts=True)
                context.close()
                connection = duckdb.connect("db.duckdb")
                found = connection.execute("DESCRIBE shop.s").fetchall()
                rows = connection.execute("SELECT COLUMNS(*)::VARCHAR FROM shop.s").fetchall()
                case["types"] = [[row[0], row[1]] for row in found]
                case["rows"] = sorted(rows, key=lambda row: json.dumps(row))
                connection.close()
            except Exception as error:
                case["error"] = type(error).__name__
                print(name, repr(error)[:300], file=sys.stderr)
            cases.append(case)
    lines = ",\n".join(json.dumps(case) for case in cases)
    sys.__stdout__.write(f"[\n{lines}\n]\n")


real = os.dup(1)
os.dup2(2, 1)
sys.__stdout__ = os.fdopen(real, "w")
main()
