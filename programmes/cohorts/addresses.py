from typing import Any

from django.urls import reverse

from programmes.cohorts.models import Cohort


def cohort_url(name: str, cohort: Cohort, **more: Any) -> str:
    """The address of a route below a cohort. `cohort` needs programme and organisation loaded."""
    programme = cohort.programme
    slugs = {"organisation": programme.organisation.slug, "programme": programme.slug, "cohort": cohort.slug}
    return reverse(name, kwargs={**slugs, **more})


def cohort_page(cohort: Cohort, tab: str, **context: Any) -> dict[str, Any]:
    """What work.html needs, plus the page's own context."""
    return {"organisation": cohort.programme.organisation, "cohort": cohort, "tab": tab, **context}
