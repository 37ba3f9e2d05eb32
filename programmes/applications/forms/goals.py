from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programmes.applications.forms.base import StepForm
from programmes.applications.forms.fields import AnyOfField, boxes, lines, select
from wimmentor.base.codes import GOALS, GOALS_MENTOR, INTERESTS, TOP_CRITERION

FEWEST = 2
MOST = {"mentee": 3, "mentor": 6}
MOST_INTERESTS = 5


class GoalsForm(StepForm):
    step = "goals"
    who_sees: ClassVar[dict[str, Any]] = {
        "goals_words": _("The coordinators read this, and the person we propose to you."),
        "top_criterion": _("Only the coordinators and matching see this."),
    }

    goals = AnyOfField(
        label=_("Your goals"),
        choices=GOALS.choices,
        help_text=_("Choose two or three. They count most when we look for your mentor."),
    )
    goal_other = forms.CharField(
        label=_("A goal that is not in the list"),
        required=False,
        max_length=100,
        help_text=_("In a few words. It counts as one of your goals."),
    )
    goals_words = lines(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        help_text=_("What would be different after six months? Write in any language. Up to 1,000 characters."),
    )
    interests = boxes(
        label=_("What interests you"),
        choices=INTERESTS.sorted_choices,
        required=False,
        help_text=_("Up to five. Something to talk about in the first meeting."),
    )

    top_criterion = select(
        TOP_CRITERION.choices,
        label=_("What matters most to you in a mentor?"),
        required=False,
        help_text=_("It counts more when we look for your mentor. The rest still counts."),
    )

    def read_initial(self) -> dict[str, Any]:
        goals = self.application.goals
        return {
            **super().read_initial(),
            "goals": [goal for goal in goals if goal in GOALS],
            "goal_other": "; ".join(goal for goal in goals if goal not in GOALS),
            "interests": list(self.application.interests),
        }

    def adapt_fields(self) -> None:
        if not self.is_mentor:
            self._offer_what_counts()
            return
        del self.fields["top_criterion"]
        goals, other, words = self.fields["goals"], self.fields["goal_other"], self.fields["goals_words"]
        goals.choices = GOALS_MENTOR.choices  # type: ignore[attr-defined]
        goals.label = _("What you can help with")
        goals.help_text = _("Choose two to six. They count most when we look for your mentee.")
        other.label, other.help_text = _("Something that is not in the list"), _("In a few words.")
        words.help_text = _("What would you like to pass on? Write in any language. Up to 1,000 characters.")

    def _offer_what_counts(self) -> None:
        """What the programme gives no weight cannot count more."""
        weights = self.application.cohort.matching_settings.get("weights", {})
        top = self.fields["top_criterion"]
        top.choices = [  # type: ignore[attr-defined]
            (code, label)
            for code, label in top.choices  # type: ignore[attr-defined]
            if not code or weights.get(code, 1) or code == self.application.top_criterion
        ]

    def chosen_goals(self) -> list[str]:
        own = self.cleaned_data.get("goal_other", "").replace("|", " ").strip()
        return [*self.cleaned_data.get("goals", []), *([own] if own else [])]

    def clean_interests(self) -> list[str]:
        interests: list[str] = self.cleaned_data["interests"]
        if len(interests) > MOST_INTERESTS:
            raise ValidationError(_take_away(len(interests), MOST_INTERESTS))
        return interests

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "goals" in self.errors:
            return cleaned
        count, most = len(self.chosen_goals()), MOST[self.application.role]
        if count < FEWEST:
            self.add_error("goals", self._too_few(count))
        elif count > most:
            self.add_error("goals", _take_away(count, most))
        return cleaned

    def _too_few(self, count: int) -> str:
        if count:
            return str(_("You chose one. Choose at least two."))
        return str(_("Choose at least two."))

    def column_values(self) -> dict[str, Any]:
        return {**super().column_values(), "goals": tuple(self.chosen_goals())}


def _take_away(count: int, most: int) -> str:
    words = _("Choose %(most)d at most. You chose %(count)d: take %(over)d away.")
    return str(words % {"count": count, "most": most, "over": count - most})
