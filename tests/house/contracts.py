"""What import-linter cannot say: the engine's other imports, HTTP below the views, model relations, sizes."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles

from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
APPS = ("wimmentor", "programmes", "matching", "inventory")
ENGINE_MAY_IMPORT = {"matching", "numpy", "ortools"}
BELOW_VIEWS = {"domain", "emails", "queries", "models"}
# Low to high; areas of one row do not know each other.
AREA_ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    "programmes": (
        ("access", "audit"),
        ("jobs",),
        ("outbox",),
        ("people",),
        ("organisations",),
        ("questionnaires",),
        ("cohorts",),
        ("applications",),
        ("mentorships",),
        ("reports",),
        ("desk",),
    ),
    "matching": (("engine",), ("runs",), ("board",), ("laboratory",)),
    "inventory": (("initiatives", "stories"), ("waves",), ("analysis",), ("publications",)),
}
# Named by settings.AUTH_USER_MODEL, which every app may use.
REFERENCED_BY_SETTING = "programmes.people"


def list_files(root: Path) -> list[Path]:
    """Python files with code: no migrations, no empty __init__."""
    found = (path for app in APPS for path in sorted((root / app).rglob("*.py")))
    return [
        path
        for path in found
        if "migrations" not in path.parts and path.name != "__init__.py" and path.read_text(encoding="utf-8").strip()
    ]


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level != 1:  # one dot stays in the room
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def find_foreign_engine_imports(root: Path) -> list[str]:
    allowed = ENGINE_MAY_IMPORT | set(sys.stdlib_module_names)
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in sorted((root / "matching" / "engine").rglob("*.py"))
        for name in list_imports(path)
        if name.split(".")[0] not in allowed or (name.startswith("matching.") and "matching.engine" not in name)
    ]


def find_http_below_views(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in list_files(root)
        if BELOW_VIEWS & {path.stem, *path.relative_to(root).parts}
        for name in list_imports(path)
        if name.startswith("django.http")
    ]


def find_relations_against_order(models: Iterable[type[Model]]) -> list[str]:
    return [
        f"{model._meta.label}.{relation.name} points to {target._meta.label}"
        for model in models
        for relation in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(target := relation.related_model, type)
        if is_against_order(locate(model), locate(target))
    ]


def locate(model: type[Model]) -> str:
    return ".".join(model.__module__.split(".")[:2])


def is_against_order(source: str, target: str) -> bool:
    app, _, area = source.partition(".")
    target_app, _, target_area = target.partition(".")
    if source == target or target == REFERENCED_BY_SETTING or target_app not in AREA_ORDER:
        return False
    if app != target_app:
        return app not in {"matching", "inventory"} or target_app != "programmes"
    ranks = {name: rank for rank, row in enumerate(AREA_ORDER[app]) for name in row}
    return ranks[target_area] >= ranks[area]


def find_size_excesses(root: Path, *, middle: int = 80, ninth: int = 250, most: int = 400) -> list[str]:
    """Lines of files: median, 90th percentile, maximum."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in list_files(root)}
    excesses = [
        f"{path.relative_to(root)} has {size} lines, {most} at most" for path, size in sizes.items() if size > most
    ]
    if (found := median(sizes.values())) > middle:
        excesses.append(f"the median file has {found} lines, {middle} at most")
    if (tenth := quantiles(sizes.values(), n=10, method="inclusive")[8]) > ninth:
        excesses.append(f"a tenth of the files has more than {tenth:.0f} lines, {ninth} at most")
    return excesses


def find_long_functions(root: Path, *, most: int = 50) -> list[str]:
    return [
        f"{path.relative_to(root)}:{node.lineno} {node.name} has {length} lines, {most} at most"
        for path in list_files(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > most
    ]
