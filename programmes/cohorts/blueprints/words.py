"""What a programme's page begins with; organisations edit it."""

from django.utils.translation import gettext_lazy as _

DESCRIPTION = _(
    """You and your mentor meet at least once a month, at hours that suit both of you. In the first \
meeting you choose two or three goals.

What you say stays between the two of you. We ask only whether you met, and whether it was useful."""
)

ELIGIBILITY = _(
    """You work or study in mining, metals or quarrying, or are coming back after a break.
You are 18 or older.
You can give about two hours a month, also on a rotation roster."""
)
