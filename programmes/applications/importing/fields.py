"""The names that scripts and other people's files rely on: as headings they need no mapping."""

FIELDS = (
    "first_name",
    "last_name",
    "name",
    "email",
    "country",
    "languages",
    "time_zone",
    "utc_offset",
    "employer",
    "function",
    "job_title",
    "years_experience",
    "gender",
    "goals",
    "interests",
    "capacity",
    "preferred_mentor_gender",
    "gender_preference_strict",
    "line_manager_email",
    "availability",
    "submitted_at",
    "consent",
    "role",
    "notes",
)
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
