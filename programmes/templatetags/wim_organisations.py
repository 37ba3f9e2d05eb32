"""Codes of places as names: `{% load wim_organisations %}`."""

from collections.abc import Iterable

from django import template

from wimmentor.base.codes import places
from wimmentor.base.codes.places import country_name

register = template.Library()
register.filter(places.language_names)


@register.filter
def country_names(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code) for code in codes)
