from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.access.roles import ROLES
from programmes.organisations import queries
from programmes.organisations.models import Organisation
from programmes.people.models import User
from wimmentor.base.codes import ORGANISATION_TYPE
from wimmentor.base.forms import AddressField, PlainForm
from wimmentor.base.name_fields import countries_field, languages_field
from wimmentor.base.phrases import say_fact


class OrganisationForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As it is known, for example “WIM Peru”."))
    full_name = forms.CharField(label=_("Name in full"), max_length=250, required=False)
    type = forms.ChoiceField(label=_("Kind of organisation"))
    part_of = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Stands on its own"),
        help_text=_("A chapter or district names the organisation above it."),
    )
    countries = countries_field(label=_("Countries"), help_text=_("Where it works, parted by commas: Peru, Bolivia."))
    languages = languages_field(
        label=_("Languages"), help_text=_("In which it works, parted by commas: Spanish, Quechua.")
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact_name = forms.CharField(label=_("Contact person"), max_length=150, required=False)
    contact_email = AddressField(
        label=_("Contact e-mail"), help_text=_("Participants write here for help and about their data.")
    )
    who_sees = {"contact_email": _("Everybody: it stands on your programmes' pages.")}

    def __init__(self, *args: Any, user: User, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part_of"].queryset = queries.possible_parents(user, organisation)  # type: ignore[attr-defined]
        is_platform = organisation is not None and organisation.is_platform
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            choice for choice in ORGANISATION_TYPE.choices if choice[0] != "iwim" or is_platform
        ]
        if organisation is not None and organisation.is_verified:
            for name in ("name", "full_name"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("IWiM verified this name. Write to IWiM to have it changed.")


class OrganisationEditForm(OrganisationForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class InvitationForm(PlainForm):
    email = AddressField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial="coordinator")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.code, say_fact(role.name, role.description))
            for role in ROLES.values()
            if organisation.is_platform or not role.platform
        ]


class VerifyForm(PlainForm):
    """`version`: of what the reviewer has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def seen(self) -> int:
        """Whoever says none has read nothing."""
        self.is_valid()
        return self.cleaned_data.get("version") or 0


class RefusalForm(VerifyForm):
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The owners read it as you write it."),
    )


class StaffFilterForm(PlainForm):
    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (queries.WAITING, _("Waiting")),
            (queries.VERIFIED, _("Verified")),
            (queries.REFUSED, _("Refused")),
        ],
    )
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
