"""The names that scripts and other people's files rely on: as headings they need no mapping."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What the coordinator reads where she says what a column holds.
FIELD_LABELS: dict[str, Promise] = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "name": _("Whole name"),
    "email": _("E-mail"),
    "country": _("Country"),
    "languages": _("Languages"),
    "time_zone": _("Time zone"),
    "utc_offset": _("Difference from UTC"),
    "employer": _("Employer"),
    "function": _("Function"),
    "job_title": _("Job title"),
    "years_experience": _("Years of experience"),
    "gender": _("Gender"),
    "goals": _("Goals, or what a mentor offers"),
    "interests": _("Interests"),
    "capacity": _("Places for mentees"),
    "preferred_mentor_gender": _("Would like as mentor"),
    "gender_preference_strict": _("Only such a mentor"),
    "top_criterion": _("Matters most to her in a mentor"),
    "line_manager_email": _("E-mail of the line manager"),
    "availability": _("Hours in her week"),
    "rotation": _("Roster"),
    "roster_hours": _("When these hours hold"),
    "submitted_at": _("When she answered"),
    "consent": _("Consent"),
    "role": _("Mentee or mentor"),
    "notes": _("Notes, in her words"),
}
FIELDS = tuple(FIELD_LABELS)
# The kind under which a phrase names one of them.
FIELD_NAMES = "import_field"
# Several columns may feed these: a column for each choice, one for "other", one for each open question.
LIST_FIELDS = frozenset(("languages", "goals", "interests"))
GATHERED_FIELDS = LIST_FIELDS | {"notes", "function"}
# "column": the file itself says who is what.
ROLES_IN_FILE = ("mentee", "mentor", "column")

# What the columns of an application hold; longer text is cut, and said so.
LENGTHS = {
    "first_name": 100,
    "last_name": 100,
    "employer": 150,
    "job_title": 150,
    "function": 150,
    "availability": 500,
}


def field_label(name: str) -> str:
    return str(FIELD_LABELS.get(name, name))
