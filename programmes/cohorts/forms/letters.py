from django import forms
from django.utils.translation import gettext_lazy as _

from wimmentor.base.forms import PlainForm


class LetterForm(PlainForm):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Letter"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Plain paragraphs with an empty line between them."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
