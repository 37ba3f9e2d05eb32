import ast
from pathlib import Path

import matching.engine

ENGINE = Path(matching.engine.__file__).parent
SOLVING = {"solve", "plan", "stages", "flow", "duals", "pricing", "candidates", "cover", "fair", "faces"}


def list_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_verify_reaches_no_solver() -> None:
    reached, waiting = set(), {"verify"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= {one[1:] for one in list_imports(ENGINE / f"{name}.py") if one.startswith(".")} - reached

    assert reached & SOLVING == set()
    for name in ("verify", "account", "proof"):
        assert len((ENGINE / f"{name}.py").read_text(encoding="utf-8").splitlines()) < 150


def test_engine_imports_only_what_it_may() -> None:
    allowed = {
        *(
            "argparse",
            "collections",
            "dataclasses",
            "functools",
            "hashlib",
            "itertools",
            "json",
            "math",
            "operator",
            "sys",
        ),
        *("types", "typing", "numpy", "ortools"),
    }

    used = {
        (path.name, name.split(".")[0])
        for path in ENGINE.glob("*.py")
        for name in list_imports(path)
        if name[0] != "." and name.split(".")[0] not in allowed
    }

    # the command line alone reads the clock, for the deadline it is given
    assert used == {("cli.py", "time")}
