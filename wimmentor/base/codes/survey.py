"""The survey's lists, word for word as the questionnaire has them."""

from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import CodeList

INITIATIVE_KIND = CodeList(
    "initiative_kind",
    [
        ("mentoring_1to1", _("One-to-one mentoring")),
        ("mentoring_circle", _("Mentoring circle / group mentoring")),
        ("mentoring_peer", _("Peer mentoring")),
        ("mentoring_reverse", _("Reverse mentoring")),
        ("mentoring_flash", _("Flash / speed mentoring (mentoring express)")),
        ("mentoring_informal", _("Informal mentoring")),
        ("sponsorship", _("Career sponsorship (advocacy by a senior person)")),
        ("role_models", _("Role models: awards, publications, profiles, speakers")),
        ("coaching", _("Coaching")),
        ("psychological_support", _("Psychological support")),
        ("scholarship", _("Scholarship / bursary / grant to individuals")),
        ("outreach_school", _("School outreach")),
        ("outreach_university", _("University / student chapter outreach")),
        ("training", _("Training / seminars")),
        ("leadership", _("Leadership programme")),
        ("placement", _("Internship / placement / job shadowing")),
        ("other", _("Other")),
    ],
)

INITIATIVE_STATUS = CodeList(
    "status",
    [
        ("idea", _("Idea: under discussion, not decided")),
        ("planned", _("Planned: decided, start date set or targeted")),
        ("launching", _("Launching: applications open or matching under way")),
        ("running", _("Running")),
        ("paused", _("Paused")),
        ("concluding", _("Concluding: last milestones")),
        ("concluded", _("Concluded")),
        ("discontinued", _("Stopped before its end")),
    ],
)

ORGANISATION_TYPE = CodeList(
    "organisation_type",
    [
        ("wim_national", _("National WIM organisation")),
        ("wim_subnational", _("Regional / local WIM chapter")),
        ("wim_continental", _("Continental or multi-country WIM network")),
        ("wim_site", _("WIM group inside one company or operation")),
        ("iwim", _("IWiM / Alliance")),
        ("company", _("Mining company")),
        ("supplier", _("Supplier / consultancy")),
        ("industry_body", _("Industry body / chamber")),
        ("professional_body", _("Professional institute")),
        ("academia", _("University / school")),
        ("government", _("Government")),
        ("ngo", _("NGO / foundation")),
        ("ifi", _("Development agency / bank")),
        ("other", _("Other")),
    ],
)

REGION_SCOPE = CodeList(
    "region_scope",
    [
        ("site", _("One company or operation")),
        ("local", _("Local")),
        ("subnational", _("Region of a country")),
        ("national", _("National")),
        ("multi_country", _("Several countries")),
        ("continental", _("Continental")),
        ("global", _("Global")),
    ],
)

ANSWER_STATE = CodeList(
    "answer_state",
    [
        ("answered", _("Answered")),
        ("unknown", _("Not known")),
        ("not_applicable", _("Not applicable")),
        ("declined", _("Prefer not to say")),
        ("pending", _("Not answered yet")),
    ],
)

VISIBILITY = CodeList(
    "visibility",
    [
        ("public", _("Public")),
        ("alliance", _("Alliance members")),
        ("iwim", _("IWiM reviewers only")),
    ],
)
