from pathlib import Path

from tests.house.contracts import ROOT, find_long_functions, find_size_excesses


def write(root: Path, name: str, text: str) -> None:
    folder = root / "programmes" / "planted"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_files_keep_their_budget() -> None:
    assert find_size_excesses(ROOT) == []


def test_functions_keep_their_budget() -> None:
    assert find_long_functions(ROOT) == []


def test_files_over_budget_are_found(tmp_path: Path) -> None:
    write(tmp_path, "small.py", "a = 1\n" * 80)
    write(tmp_path, "huge.py", "a = 1\n" * 401)
    write(tmp_path, "__init__.py", "a = 1\n" * 900)

    assert find_size_excesses(tmp_path) == [
        "programmes/planted/huge.py has 401 lines, 400 at most",
        "the median file has 240.5 lines, 80 at most",
        "a tenth of the files has more than 369 lines, 250 at most",
    ]


def test_function_over_budget_is_found(tmp_path: Path) -> None:
    write(tmp_path, "fits.py", "def fits():\n" + "    a = 1\n" * 49)
    write(tmp_path, "long.py", "def grows():\n" + "    a = 1\n" * 50)

    assert find_long_functions(tmp_path) == ["programmes/planted/long.py:1 grows has 51 lines, 50 at most"]
