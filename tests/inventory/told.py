"""A small survey: three organisations with a name, one without, one that does not want to be counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, OrganisationRow, StatementRow


def values(**told: Any) -> dict[str, Mapping[str, Any]]:
    return {code: {"value": value} for code, value in told.items()}


ANDES = OrganisationRow(
    id=1,
    slug="andes",
    name="Mujeres de los Andes",
    type="wim_national",
    countries=("PE", "BO"),
    languages=("es",),
    answers={**values(A5="multi_country", A6=2011), "A2": {"state": "declined"}},
)
CUSCO = OrganisationRow(
    id=2,
    slug="cusco",
    name="=Cusco; +norte",
    type="wim_subnational",
    countries=("PE",),
    part_of=1,
    answers={},
)
QUIET = OrganisationRow(
    id=3,
    slug="quiet",
    name="Quiet Women of the Pacific",
    type="wim_national",
    countries=("FJ",),
    languages=("fj",),
    part_of=1,
    named=False,
    answers=values(A2="QWP", A6=1999),
)
ABSENT = OrganisationRow(
    id=4,
    slug="absent",
    name="Absent Women",
    type="wim_national",
    countries=("WS",),
    named=False,
    counted=False,
    answers={},
)
UMBRAL = InitiativeRow(
    code="umbral",
    organisation=ANDES,
    answers={
        **values(
            B1="Umbral",
            B3="running",
            B4="formal",
            B5="  -- Que nadie\nempiece sola; =SUM(A1)  ",
            B6={"first_year": 2019, "completed": 0},
            B7={"start": "2021-09", "end": "before 2022"},
            B8="national",
            B9=["PE", "BO"],
            B10="https://andes.example.org/umbral",
            B11=[{"organisation": "Cobre; Sur | 2", "role": "funding_partner"}, {"organisation": r"Ley\y"}],
            C2={"minimum": 2},
            C6="both_open",
            C7=40,
            C10="no",
            E2=["goals", "language"],
            F2={"meetings": 6, "minutes": 60},
            F5={"mentors": "compulsory", "mentor_hours": 4.5, "mentees": "none"},
            G2={"mentee": 0, "currency": "PEN"},
            G4=[{"name": "Fondo A"}, {"name": "Fondo B"}],
            H1="yes",
            J1=["match_quality"],
        ),
        "B2": {"value": ["mentoring_1to1", "coaching"], "main": "mentoring_1to1", "words": "uno a uno"},
        "C1": {"value": ["graduate", "young_professional"], "words": "recién egresadas", "comment": "ask again"},
        "E1": {"state": "unknown"},
        "E4": {"state": "not_applicable"},
        "F4": {"value": []},
    },
    editions=(
        EditionRow(
            label="2", year=2022, answers=values(D5=14, D6={"total": 9}, D7=14, D8=2, D10=0, F1=6.5, E8=4, D2=20)
        ),
        EditionRow(
            label="1",
            year=2021,
            answers={
                **values(D5=6, D6={"women": 6, "men": 0, "nonbinary": 0, "undisclosed": 0}),
                "D7": {"state": "unknown"},
            },
        ),
    ),
    evidence="Fourteen pairs.",
    remarks="@later",
    source="Launch meeting",
    as_of=date(2021, 7, 29),
)
CIRCLE = InitiativeRow(
    code="cusco-circle",
    organisation=CUSCO,
    answers={**values(B2=["scholarship"], B3="idea"), "B5": {"state": "declined"}},
)
TIDE = InitiativeRow(
    code="quiet-tide",
    organisation=QUIET,
    answers={
        **values(
            B1="Tide",
            B3="running",
            B5="Women of the reef",
            B6={"first_year": 2001, "completed": 20},
            B9=["FJ"],
            B11=[{"organisation": "Reef Gold", "role": "host"}],
            G2={"mentee": 10, "currency": "FJD"},
            E1=["random"],
        ),
        "B2": {"value": ["mentoring_circle"], "words": "talanoa"},
    },
    editions=(
        EditionRow(label="Suva 2020", year=2020, answers=values(D5=8, D7=2)),
        EditionRow(label="Nadi 2021", year=2021, answers=values(D5=3)),
    ),
    evidence="The reef circle met.",
    remarks="Met in Suva",
    source="https://quiet.example.org",
    as_of=date(2021, 7, 29),
)
HIDDEN = InitiativeRow(code="absent-one", organisation=ABSENT, answers=values(B1="Never", B2=["training"]))
STATEMENTS = (
    StatementRow(organisation=CUSCO, topic="role_models", value="none", evidence="No role models.", as_of=None),
    StatementRow(organisation=QUIET, topic="role_models", value="none in Fiji"),
    StatementRow(organisation=ABSENT, topic="role_models", value="none in Samoa"),
)
TOLD = Bundle((ANDES, CUSCO, QUIET, ABSENT), (UMBRAL, CIRCLE, TIDE, HIDDEN), STATEMENTS)
NAMED = Bundle((ANDES, CUSCO), (UMBRAL, CIRCLE), STATEMENTS[:1])
