from programmes.applications.models import Application
from programmes.applications.steps import STEPS

COLUMNS = tuple(column for step in STEPS.values() for column in step.columns if column != "email")


def replace_answers(earlier: Application, newer: Application) -> None:
    """Her newer answers and consents in the place of the earlier ones; what was decided or noted about her stays."""
    for column in (*COLUMNS, "answers", "questionnaire_id"):
        setattr(earlier, column, getattr(newer, column))
    earlier.version += 1
    earlier.save()
    earlier.consents.all().delete()
    newer.consents.update(application=earlier)
