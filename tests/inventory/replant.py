"""A plan that was read from a package, as rows again: what would be published if all of it went in."""

from datetime import date

from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, OrganisationRow, StatementRow
from inventory.waves.importing import Plan


def replant(plan: Plan) -> Bundle:
    numbers = {each.id: number for number, each in enumerate(plan.organisations, 1)}
    organisations = {
        each.id: OrganisationRow(
            id=numbers[each.id],
            slug=each.id,
            name=each.name,
            type="",
            part_of=numbers.get(each.part_of),
            answers=each.answers,
        )
        for each in plan.organisations
    }
    initiatives = [
        InitiativeRow(
            code=each.id,
            organisation=organisations[each.organisation_id],
            answers=each.answers,
            editions=tuple(EditionRow(label=one.label, year=one.year, answers=one.answers) for one in each.editions),
            as_of=day(each.about.get("as_of", "")),
            **{name: each.about.get(name, "") for name in ("evidence", "remarks", "source")},
        )
        for each in plan.initiatives
    ]
    statements = [
        StatementRow(
            organisation=organisations[each.organisation_id],
            topic=each.topic,
            value=each.value,
            as_of=day(each.about.get("as_of", "")),
            **{name: each.about.get(name, "") for name in ("evidence", "remarks")},
        )
        for each in plan.statements
    ]
    return Bundle(tuple(organisations.values()), tuple(initiatives), tuple(statements))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
