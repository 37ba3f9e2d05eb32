"""Cohorts of any size for the benchmarks; runs in a process of the site that is measured."""

from programmes.cohorts.domain import register_programme
from programmes.organisations.models import Organisation
from programmes.people.demo import demo_link_path
from tests.badday.seed import fill_cohort, path_of
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.demonstration.organisations import make_member


def seed_cohorts(sizes: dict[str, tuple[int, int]]) -> dict[str, str]:
    organisation = Organisation.objects.create(
        name="Benchmark",
        name_folded="benchmark",
        slug="benchmark",
        contact_email="hello@example.org",
        verified_at=clock.now(),
    )
    programme = register_programme(
        organisation=organisation, by=SYSTEM, name="Sizes", languages=("es",), countries=("CL",)
    )
    found = {name: path_of(fill_cohort(programme, name, *size)) for name, size in sizes.items()}
    return {**found, "link": demo_link_path(make_member(organisation, "coordinator", "rosa@example.org", "Rosa"))}
