"""The tables of a package: which columns they begin and end with, what identifies a row, and what it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import Level
from inventory.publications.fields import Field, Label
from inventory.publications.tables import NAMES
from wimmentor.base.codes import ANSWER_STATE

ID = Field(name="id", title=_("Identifier"), description=_("It stays the same from wave to wave."), required=True)
ORGANISATION_ID = Field(name="organisation_id", title=_("Identifier of the organisation"), required=True)
ORGANISATION = Field(name="organisation", title=_("Name of the organisation"))
COUNTRY = Field(
    name="country",
    title=_("Countries that the organisation serves"),
    description=_("ISO 3166-1 alpha-2. Several codes are joined by “;”."),
    code_list="country",
    several=True,
)
EVIDENCE = Field(name="evidence", title=_("What the source says"))
REMARKS = Field(name="remarks", title=_("Remarks"))
AS_OF = Field(name="as_of", title=_("The day as of which this is told"), type="date")
SOURCE = Field(name="source", title=_("Where it was told"))
TABLE = Field(name="table", title=_("Table"), codes=NAMES, required=True)
EDITION = Field(name="edition", title=_("Edition"), description=_("Its name. Empty where no edition is meant."))
YEAR = Field(name="year", title=_("Year"), type="year")

OTHER_LANGUAGES = tuple((code, name) for code, name in settings.LANGUAGES if code != "en")


@dataclass(frozen=True)
class Shape:
    """`first` and `last` columns, a name where the questionnaire has the rest of it; between them all others that it
    has on this level. `links`: a column, and the table whose identifier it holds."""

    title: Label
    description: Label
    first: tuple[Field | str, ...]
    last: tuple[Field, ...] = ()
    level: Level | None = None
    key: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)


SHAPES: Mapping[str, Shape] = {
    "organisations": Shape(
        _("Organisations"),
        _("Those that answered and agreed to be named. What is said of the others stands in “withheld”."),
        (
            *(ID, "name", "type", "countries", "reach", "languages"),
            Field(name="part_of", title=_("Organisation of which it is a chapter or district")),
        ),
        level="organisation",
        key=("id",),
        links={"part_of": "organisations"},
    ),
    "initiatives": Shape(
        _("Initiatives"),
        _("Mentoring, sponsorship, role models and related support: what is done, planned or thought about."),
        (
            *(ID, ORGANISATION, COUNTRY, "kinds", "status", "scope", "matching_method", "mentor_target"),
            ORGANISATION_ID,
        ),
        (EVIDENCE, REMARKS, AS_OF, SOURCE),
        level="initiative",
        key=("id",),
        links={"organisation_id": "organisations"},
    ),
    "editions": Shape(
        _("Editions"),
        _("Figures of each edition of an initiative. Those of one to four people are withheld."),
        (
            Field(name="initiative", title=_("Identifier of the initiative"), required=True),
            ORGANISATION,
            Field(name="label", title=_("Name or number of the edition"), required=True),
            *(YEAR, "mentee_count", "mentor_count", "pair_count", "duration_months"),
        ),
        (AS_OF, SOURCE),
        level="edition",
        key=("initiative", "label"),
        links={"initiative": "initiatives"},
    ),
    # Without a key: of one topic there may be several, and not all of them have a day.
    "statements": Shape(
        _("Statements"),
        _("What organisations said beside their initiatives. That they have none is an answer."),
        (
            *(ORGANISATION_ID, ORGANISATION, COUNTRY),
            Field(name="topic", title=_("Topic"), required=True),
            Field(name="value", title=_("What it said")),
        ),
        (EVIDENCE, REMARKS, AS_OF),
        links={"organisation_id": "organisations"},
    ),
    "answers": Shape(
        _("Questions without an answer"),
        _("Why a cell is empty. Questions that do not concern an initiative are left out."),
        (
            TABLE,
            Field(name="id", title=_("Identifier of the organisation or initiative"), required=True),
            EDITION,
            Field(name="question", title=_("Code of the question"), required=True),
            Field(
                name="state",
                title=_("State of the answer"),
                code_list=ANSWER_STATE.name,
                codes=ANSWER_STATE.codes,
                required=True,
            ),
        ),
    ),
    "code_lists": Shape(
        _("Code lists"),
        _("The codes that stand in the other tables, and what they mean."),
        (
            Field(name="list", title=_("Code list"), required=True),
            Field(name="code", title=_("Code"), required=True),
            Field(name="label", title=_("Meaning"), required=True),
        ),
        tuple(Field(name=f"label_{code}", title=name) for code, name in OTHER_LANGUAGES),
        key=("list", "code"),
    ),
    "withheld": Shape(
        _("What was withheld"),
        _("Records and cells that are not in the other tables, and why."),
        (
            TABLE,
            Field(name="id", title=_("Identifier"), description=_("Empty where it would tell what is withheld.")),
            EDITION,
            Field(name="field", title=_("Column"), description=_("Empty where whole records are meant.")),
            Field(
                name="number",
                title=_("How many"),
                description=_(
                    "Records or cells. Empty where all cells of the column are meant, or records of fewer than five"
                    " organisations."
                ),
                type="integer",
            ),
            Field(name="reason", title=_("Reason"), required=True),
        ),
    ),
}
