"""How initiatives work and what they learned: lists of the survey, word for word."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wimmentor.base.codes.codelist import CodeList

MATCHING_CRITERIA = CodeList(
    "matching_criteria",
    [
        ("goals", _("Mentee's goals / needs v mentor's strengths")),
        ("function", _("Function / discipline")),
        ("seniority_gap", _("Seniority gap")),
        ("language", _("Language")),
        ("time_zone", _("Time zone")),
        ("country_culture", _("Country / culture")),
        ("values_personality", _("Values / personality / work style")),
        ("gender_preference", _("Stated gender preference")),
        ("not_same_employer", _("Not the same employer / reporting line")),
        ("life_stage", _("Life stage (parent, rotation/FIFO)")),
        ("commodity_site", _("Commodity / type of site")),
        ("past_experience", _("Past mentoring experience")),
        ("participant_preference", _("Participants' ranking")),
    ],
)

FUNDING_KIND = CodeList(
    "funding_kind",
    [
        ("corporate", _("Corporate funding partners")),
        ("mentee_fee", _("Fee paid by participant")),
        ("employer_fee", _("Fee paid by the participant's employer")),
        ("government", _("Government grant")),
        ("donor", _("Donor / development agency")),
        ("foundation", _("Foundation")),
        ("dues", _("Membership dues")),
        ("events", _("Event income / fund-raising")),
        ("in_kind", _("In kind / volunteer time")),
        ("none", _("No budget")),
    ],
)

TOOL_KIND = CodeList(
    "tool_kind",
    [
        ("forms", _("Form tool (Google Forms, Microsoft Forms, Jotform...)")),
        ("spreadsheet", _("Spreadsheet")),
        ("mentoring_platform", _("Mentoring platform")),
        ("crm", _("CRM / membership system")),
        ("video", _("Video calls")),
        ("messaging", _("Messaging (WhatsApp, Slack...)")),
        ("lms", _("Learning platform")),
        ("email", _("E-mail / newsletter tool")),
        ("assessment", _("Psychometric / assessment tool")),
        ("none", pgettext_lazy("tool", "None")),
    ],
)

SUCCESS_FACTOR = CodeList(
    "success_factor",
    [
        ("management_support", _("Visible support of senior leaders / champions")),
        ("dedicated_coordinator", _("Dedicated coordinator time")),
        ("clear_goals", _("Clear purpose and goals")),
        ("participant_input", _("Participants have a say in the match")),
        ("match_quality", _("Quality of matching")),
        ("training_mentors", _("Mentor training")),
        ("training_mentees", _("Mentee training")),
        ("structure", _("Structure and milestones")),
        ("checkins", _("Regular check-ins")),
        ("meeting_frequency", _("Frequent meetings")),
        ("peer_network", _("Network among participants")),
        ("recognition", _("Recognition, certificates, ceremony")),
        ("employer_support", _("Employer gives time")),
        ("male_mentors", _("Men as mentors and allies")),
        ("funding", _("Stable funding")),
        ("language", _("Own-language matching")),
        ("technology", _("Suitable software")),
        ("psych_support", _("Coaching / psychological support")),
        ("other", _("Other")),
    ],
)

CHALLENGE = CodeList(
    "challenge",
    [
        ("matching_quality", _("Quality of matching")),
        ("matching_cost", _("Cost of matching")),
        ("workload", _("Labour-intensive management")),
        ("uptake_mentees", _("Too few mentees apply")),
        ("uptake_mentors", _("Too few mentors")),
        ("oversubscribed", _("More applicants than places")),
        ("dropout", _("Drop-out / pairs stop meeting")),
        ("mentor_time", _("Mentors' time")),
        ("employer_release", _("Employer does not give time")),
        ("culture", _("Mentoring not part of corporate culture")),
        ("sponsorship_understanding", _("Value of sponsorship not understood")),
        ("language_timezone", _("Language / time zones")),
        ("connectivity", _("Internet access / remote sites")),
        ("rotation", _("Rotation / shift rosters")),
        ("funding", _("Funding")),
        ("evaluation", _("Measuring results")),
        ("volunteers", _("Volunteer turnover")),
        ("safeguarding", _("Conduct / safeguarding cases")),
        ("other", _("Other")),
    ],
)

EVALUATION_LEVEL = CodeList(
    "evaluation_level",
    [
        ("none", pgettext_lazy("evaluation", "None")),
        ("reaction", _("Satisfaction (level 1)")),
        ("learning", _("Learning / confidence (level 2)")),
        ("behaviour", _("Behaviour / actions taken (level 3)")),
        ("results", _("Promotion, retention, role change (level 4)")),
    ],
)
