"""Every field by which initiatives can be counted."""

from django.utils.translation import gettext_lazy as _

from inventory.analysis import derived
from inventory.analysis.field import Field, field_of, field_of_organisation, field_of_part
from inventory.analysis.levels import Level
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.readers import may_read

# Told of organisations, whose own columns stand for them; or what becomes of the answers.
ELSEWHERE = frozenset({"A3", "A4", "A8", "K4"})

MENTOR_TRAINING = field_of_part(QUESTIONS["F5"], "mentors", name="training_mentors", label=_("Training of mentors"))
MENTEE_TRAINING = field_of_part(QUESTIONS["F5"], "mentees", name="training_mentees", label=_("Training of mentees"))


def _make_fields() -> dict[str, Field]:
    found = [derived.COUNTRY, derived.TYPE, derived.EDITION_YEAR]
    asked = [
        question
        for question in QUESTIONS.values()
        if question.choices is not None and question.level != "edition" and question.code not in ELSEWHERE
    ]
    found += [field_of(question) for question in asked if question.level == "initiative"]
    found += [derived.METHOD, derived.MAIN_SOURCE, derived.FEES]
    found += [MENTOR_TRAINING, MENTEE_TRAINING]
    found += [field_of_organisation(question) for question in asked if question.level == "organisation"]
    return {field.name: field for field in found}


FIELDS: dict[str, Field] = _make_fields()


def fields_for(level: Level) -> list[Field]:
    return [field for field in FIELDS.values() if may_read(level, field.visibility)]
