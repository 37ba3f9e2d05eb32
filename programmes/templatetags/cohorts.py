from typing import Any

from django import template

from programmes.cohorts.addresses import cohort_url as address_of
from programmes.cohorts.models import Cohort

register = template.Library()


@register.simple_tag
def cohort_url(name: str, cohort: Cohort, **more: Any) -> str:
    return address_of(name, cohort, **more)
