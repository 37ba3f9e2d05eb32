"""Short lists that only the questionnaire has."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wimmentor.base.codes import CodeList

RUNS_ANY = CodeList("runs_any", [("yes", _("Yes")), ("planned", _("Planned")), ("no", _("No, none"))])
YES_NO = CodeList("yes_no", [("yes", _("Yes")), ("no", _("No"))])
YES_NO_PLANNED = CodeList("yes_no_planned", [("yes", _("Yes")), ("no", _("No")), ("planned", _("Planned"))])
YES_MAYBE_NO = CodeList("yes_maybe_no", [("yes", _("Yes")), ("maybe", _("Maybe")), ("no", _("No"))])
PUBLISHING = CodeList(
    "publishing",
    [
        ("yes", _("Yes, under our name")),
        ("aggregated", _("Only counted together with others, without our name")),
        ("no", _("No")),
    ],
)
FORMALITY = CodeList("formality", [("formal", _("Formal")), ("informal", _("Informal")), ("mixed", _("Mixed"))])
MENTEE_RULE = CodeList(
    "mentee_rule", [("women_only", _("Women only")), ("all_genders", _("All genders")), ("other", _("Other"))]
)
CROSS_COMPANY = CodeList(
    "cross_company",
    [("always", _("Always")), ("mostly", _("Mostly")), ("no", _("No")), ("not_set", _("Not set"))],
)
ACCEPTING = CodeList(
    "accepting",
    [
        ("both", _("Yes, both")),
        ("mentee_only", _("The mentee only")),
        ("mentor_only", _("The mentor only")),
        ("no", _("No")),
    ],
)
DEMAND = CodeList(
    "demand",
    [
        ("none", pgettext_lazy("demand", "None")),
        ("low", _("Low")),
        ("medium", _("Medium")),
        ("high", _("High")),
        ("unknown", pgettext_lazy("demand", "Not known")),
    ],
)
PARTNER_ROLE = CodeList(
    "partner_role",
    [
        ("lead", _("Lead")),
        ("funding_partner", _("Funding partner")),
        ("mentor_supplier", _("Supplies mentors")),
        ("knowledge_partner", _("Knowledge partner")),
        ("host", _("Host")),
    ],
)
TRAINING = CodeList(
    "training",
    [
        ("compulsory", _("Yes, compulsory")),
        ("voluntary", _("Yes, voluntary")),
        ("none", pgettext_lazy("training", "None")),
    ],
)
MILESTONES = CodeList(
    "milestones",
    [
        ("kick_off", _("Kick-off")),
        ("induction", _("Induction")),
        ("agreement", _("Agreement signed")),
        ("goals", _("Goals set")),
        ("check_ins", _("Check-ins")),
        ("mid_point", _("Mid-point")),
        ("webinars", _("Webinars")),
        ("group_sessions", _("Group sessions")),
        ("final_survey", _("Final survey")),
        ("closing_ceremony", _("Closing ceremony")),
        ("certificate", _("Certificate")),
        ("alumni", _("Alumni")),
    ],
)
PAIR_SUPPORT = CodeList(
    "pair_support",
    [
        ("coordinator", _("Coordinator")),
        ("coaching", _("Coaching")),
        ("psychological_support", _("Psychological support")),
        ("handbook", _("Handbook")),
        ("helpline", _("Helpline")),
        ("peer_group", _("Peer group")),
    ],
)
LATER_RESULT = CodeList(
    "later_result",
    [
        ("promotion", _("Promotion")),
        ("new_role", _("New role")),
        ("still_in_mining", _("Still in mining")),
        ("other", _("Other")),
    ],
)
TEMPLATES = CodeList(
    "templates",
    [
        ("application_form", _("Application form")),
        ("handbook", _("Handbook")),
        ("agreement", _("Agreement")),
        ("survey", _("Survey")),
        ("training_slides", _("Training slides")),
        ("code_of_conduct", _("Code of conduct")),
        ("budget", _("Budget")),
    ],
)
NEEDS = CodeList(
    "needs",
    [
        ("guidelines", _("Guidelines")),
        ("templates", _("Templates")),
        ("software", _("Software")),
        ("mentors_abroad", _("Mentors from abroad")),
        ("funding", _("Funding")),
        ("training", _("Training")),
        ("exchange", _("Exchange with peers")),
    ],
)
