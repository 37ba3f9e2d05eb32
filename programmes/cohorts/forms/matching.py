from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.blueprints import CRITERIA, FAIRNESS, OWN_KINDS, OWN_PREFIX, RULES, TOP_CRITERION_EXTRA
from programmes.questionnaires.queries import Question, wording
from wimmentor.base.forms import PlainForm


@dataclass(frozen=True)
class OwnRow:
    """A question of the programme's own forms as the page shows it."""

    weight: forms.BoundField
    kind: forms.BoundField


class MatchingForm(PlainForm):
    """One field a weight, one box a rule. `questions`: those of their own that both forms ask."""

    min_gap_months = forms.IntegerField(
        label=_("Least months of experience that a mentor is ahead"), min_value=0, max_value=240
    )
    top_criterion_extra = forms.IntegerField(
        label=_("Points for what matters most to a mentee"),
        help_text=_("She may name one thing in her application. These points move to it, off the others; 0 for none."),
        min_value=0,
        max_value=50,
    )
    fairness = forms.ChoiceField(
        label=_("Among the ways to place as many as possible, choose"), choices=list(FAIRNESS.items())
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[Question] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (_weight, name, meaning) in CRITERIA.items():
            self.fields[f"weight_{code}"] = _weight_field(name, help_text=meaning)
        self.questions = questions
        for question in questions:
            label = wording(question["label"], get_language() or "en")
            self.fields[f"own_weight_{question['code']}"] = _weight_field(label, required=False)
            self.fields[f"own_kind_{question['code']}"] = forms.ChoiceField(
                label=_("How the answers to “%(question)s” are compared") % {"question": label},
                choices=list(OWN_KINDS.items()),
            )
        for code, (_on, name, meaning) in RULES.items():
            self.fields[f"rule_{code}"] = forms.BooleanField(label=name, help_text=meaning, required=False)

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"weight_{code}"] for code in CRITERIA]

    @property
    def own_rows(self) -> list[OwnRow]:
        codes = [question["code"] for question in self.questions]
        return [OwnRow(self[f"own_weight_{code}"], self[f"own_kind_{code}"]) for code in codes]

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        return [self[f"rule_{code}"] for code in RULES]

    @staticmethod
    def initial_of(settings: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, Any]:
        kinds = settings.get("own_criteria", {})
        usual = {"choice": "same", "choices": "overlap"}
        return {
            "min_gap_months": settings["min_gap_months"],
            "top_criterion_extra": settings.get("top_criterion_extra", TOP_CRITERION_EXTRA),
            "fairness": settings["fairness"],
            **{f"weight_{code}": settings["weights"][code] for code in CRITERIA},
            **{f"rule_{code}": code in settings["hard"] for code in RULES},
            **{f"own_weight_{one['code']}": settings["weights"].get(_key(one), 0) for one in questions},
            **{f"own_kind_{one['code']}": kinds.get(_key(one), usual[one["kind"]]) for one in questions},
        }

    def settings(self) -> dict[str, Any]:
        """A question without weight is left out: it would only be one more answer to keep."""
        cleaned = self.cleaned_data
        own = [one for one in self.questions if cleaned[f"own_weight_{one['code']}"]]
        return {
            "weights": {
                **{code: cleaned[f"weight_{code}"] for code in CRITERIA},
                **{_key(one): cleaned[f"own_weight_{one['code']}"] for one in own},
            },
            "own_criteria": {_key(one): cleaned[f"own_kind_{one['code']}"] for one in own},
            "hard": [code for code in RULES if cleaned[f"rule_{code}"]],
            "min_gap_months": cleaned["min_gap_months"],
            "top_criterion_extra": cleaned["top_criterion_extra"],
            "fairness": cleaned["fairness"],
        }


def _weight_field(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, **more)


def _key(question: Question) -> str:
    return OWN_PREFIX + str(question["code"])
