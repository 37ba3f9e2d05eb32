"""Rows as they are read from records, made by hand."""

from typing import Any

from inventory.analysis.levels import Level, Survey, survey_for
from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, OrganisationRow


def told(values: dict[str, Any]) -> dict[str, Any]:
    """A value, or an answer as it is kept: with a state, words or the main code."""
    return {
        code: value if isinstance(value, dict) and {"value", "state"} & set(value) else {"value": value}
        for code, value in values.items()
    }


def organisation(number: int = 1, *, named: bool = True, counted: bool = True, **values: Any) -> OrganisationRow:
    given = {"countries": ("PE",), "type": "wim_national", **values}
    answers = told(given.pop("answers", {}))
    name = f"org-{number}"
    return OrganisationRow(id=number, slug=name, name=name, named=named, counted=counted, answers=answers, **given)


def edition(year: int | None = 2026, label: str = "1", **answers: Any) -> EditionRow:
    return EditionRow(label=label, year=year, answers=told(answers))


def initiative(of: OrganisationRow, *editions: EditionRow, code: str = "", **answers: Any) -> InitiativeRow:
    answers = {"B2": ["mentoring_1to1"], "B3": "running", **answers}
    kept = {name: value for name, value in answers.items() if value is not None}
    return InitiativeRow(code=code or f"{of.slug}-{id(kept)}", organisation=of, answers=told(kept), editions=editions)


def survey(*initiatives: InitiativeRow, level: Level = "public", also: tuple[OrganisationRow, ...] = ()) -> Survey:
    organisations = {row.organisation.id: row.organisation for row in initiatives} | {row.id: row for row in also}
    return survey_for(Bundle(list(organisations.values()), list(initiatives), []), level)
