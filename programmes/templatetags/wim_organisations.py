"""Codes of places as names: `{% load wim_organisations %}`."""

from collections.abc import Iterable

from django import template

from wimmentor.base.codes.places import country_name, language_name

register = template.Library()


@register.filter
def country_names(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code) for code in codes)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    return ", ".join(language_name(code) for code in codes)
