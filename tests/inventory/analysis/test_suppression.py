from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.analysis.exchanges import ANSWERED, Lines, Unit
from inventory.analysis.suppression import Sums, hide_inner, hide_sums
from tests.inventory.analysis.attacker import SMALL, Attack, Key

STATES = ("?unknown", "?pending")


def lines_of(codes: Lines, *, several: bool) -> Lines:
    return (ANSWERED, *codes) if several and codes[0] not in STATES else codes


def attack(rows: Lines, columns: Lines, units: list[Unit]) -> list[Key]:
    """What the attacker can pin down among the small cells and sums that are not shown."""
    truth: Counter[Key] = Counter((row, column) for one, other in units for row in one for column in other)
    of_rows = hide_sums([one for one, _other in units], rows)
    of_columns = hide_sums([other for _one, other in units], columns)
    inner = hide_inner(units, of_rows, of_columns)
    truth.update((row, "") for one, _other in units for row in one)
    truth.update(("", column) for _one, other in units for column in other)
    shown = {(row, column) for row in rows for column in columns if not inner.hides((row, column))}
    shown |= {(row, "") for row in rows if row not in of_rows.hidden}
    shown |= {("", column) for column in columns if column not in of_columns.hidden}
    small = {key for key, number in truth.items() if number in SMALL}
    known_small = {(row, "") for row in of_rows.small} | {("", column) for column in of_columns.small}
    known_small |= {cell for cell in small & inner.cells if cell[0] not in inner.rows and cell[1] not in inner.columns}
    assert not small & shown
    assert known_small <= small
    return Attack(split(rows), split(columns), truth, shown, known_small, len(units)).pinned(small)


def split(lines: Lines) -> tuple[Lines, Lines]:
    """Lines that add up to everybody, and codes of which one may have several."""
    if ANSWERED not in lines:
        return lines, ()
    return (ANSWERED, *STATES), tuple(line for line in lines if line not in (ANSWERED, *STATES))


def told(codes: str, *, several: bool) -> st.SearchStrategy[Lines]:
    state = st.sampled_from(STATES).map(lambda one: (one,))
    chosen = st.lists(st.sampled_from(codes), min_size=1, max_size=3 if several else 1, unique=True).map(tuple)
    return st.one_of(chosen, chosen, state)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Lines, Lines, list[Unit]]:
    row_codes, column_codes = "abcde"[: draw(st.integers(1, 5))], "vwxyz"[: draw(st.integers(1, 5))]
    several = draw(st.tuples(st.booleans(), st.booleans()))
    unit = st.tuples(told(row_codes, several=several[0]), told(column_codes, several=several[1]))
    groups = draw(st.lists(st.tuples(unit, st.integers(1, 12)), min_size=1, max_size=14))
    units = [
        (lines_of(one, several=several[0]), lines_of(other, several=several[1]))
        for (one, other), number in groups
        for _copy in range(number)
    ]
    rows, columns = [
        (*((ANSWERED,) if one else ()), *codes, *STATES)
        for codes, one in ((row_codes, several[0]), (column_codes, several[1]))
    ]
    return rows, columns, units


@settings(max_examples=150, deadline=None)
@given(tables())
def test_attacker_never_pins_a_small_cell(table: tuple[Lines, Lines, list[Unit]]) -> None:
    assert attack(*table) == []


def test_one_small_sum_takes_a_second_with_it() -> None:
    answers: list[Lines] = [("a",)] * 9 + [("b",)] * 3 + [("c",)] * 6 + [("?pending",)] * 7

    sums = hide_sums(answers, ("a", "b", "c", *STATES))

    # The line in which nothing stands is the cheapest: from there or to there somebody could have answered otherwise.
    assert sums.hidden == {"b", "?unknown"}
    assert sums.small == {"b"}


def test_nothing_small_hides_nothing() -> None:
    units: list[Unit] = [(("a",), ("v",))] * 5 + [(("b",), ("w",))] * 6

    assert hide_sums([one for one, _other in units], ("a", "b", *STATES)).hidden == set()
    assert not any(hide_inner(units, Sums(), Sums()).hides((row, column)) for row in "ab" for column in "vw")


def test_attacker_pins_what_is_only_hidden_itself() -> None:
    truth = {("a", ""): 9, ("b", ""): 3, ("", "v"): 6, ("", "w"): 6}
    truth |= {("a", "v"): 5, ("a", "w"): 4, ("b", "v"): 1, ("b", "w"): 2}
    lines: tuple[Lines, Lines] = (("a", "b"), ())
    shown = set(truth) - {("b", "v"), ("b", "w"), ("a", "w"), ("b", "")}

    attacker = Attack(lines, (("v", "w"), ()), truth, shown, {("b", "v"), ("b", "w"), ("a", "w"), ("b", "")}, 12)

    assert attacker.pinned({("b", "v"), ("b", "w")}) == [("b", "v"), ("b", "w")]


def test_two_who_could_have_exchanged_answers_hide_both_cells() -> None:
    """One in each of four corners: either diagonal could be the true one."""
    units: list[Unit] = [((row,), (column,)) for row in "ab" for column in "vw" for _copy in range(6)]
    units += [(("a",), ("x",)), (("b",), ("y",)), *[(("a",), ("y",))] * 6, *[(("b",), ("x",))] * 6]

    inner = hide_inner(units, Sums(), Sums())

    assert inner.cells == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
