"""Whether a question is answered, whatever the answer. Where its answers are counted in a table of their own, that
table decides: another one beside it could tell what it hides."""

from inventory.analysis.derived import FEES
from inventory.analysis.exchanges import STATE, Lines
from inventory.analysis.field import NOT_APPLICABLE, PENDING, STATES, Field, field_of, read_state
from inventory.analysis.fields import MENTEE_TRAINING, MENTOR_TRAINING
from inventory.initiatives.questionnaire import QUESTIONS, Question
from inventory.initiatives.rows import InitiativeRow

TOLD = ("told",)
OF_PARTS = {"F5": (MENTOR_TRAINING, MENTEE_TRAINING), "G2": (FEES,)}


def telling(code: str) -> tuple[Field, ...]:
    question = QUESTIONS[code]
    if question.choices is not None:
        return (field_of(question),)
    return OF_PARTS.get(code) or (_telling_of_editions(question),)


def _telling_of_editions(question: Question) -> Field:
    """Zero is an answer. Where no edition tells it: what they say of it, before "not answered yet"."""

    def read(row: InitiativeRow) -> Lines:
        said = [answer for edition in row.editions if (answer := edition.answers.get(question.code))]
        if any("value" in answer for answer in said):
            return TOLD
        asked = read_state(row.answers, question)
        if not said or asked == NOT_APPLICABLE:
            return asked
        states = {f"{STATE}{answer.get('state')}" for answer in said}
        return next(((state,) for state in STATES if state in states), PENDING)

    return Field(
        name=question.column,
        label=question.name,
        read=read,
        label_of=str,
        reads=(question.code,),
        codes=TOLD,
        visibility=question.visibility,
    )
