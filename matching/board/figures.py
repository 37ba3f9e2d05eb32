"""What matching leaves for reports: how many pairs, how soon, how many at the first proposal."""

from django.db.models import Exists, OuterRef

from matching.board.models import Offer
from matching.board.offer_queries import LIVE
from programmes.cohorts.models import Cohort, CohortFigures

METHOD = "software_proposed"


def record_figures(cohort: Cohort) -> CohortFigures:
    """Counted anew under a lock that is taken last, so that two answers at once do not lose one."""
    CohortFigures.objects.get_or_create(cohort=cohort, defaults={"method": METHOD})
    figures = CohortFigures.objects.select_for_update().get(cohort=cohort)
    offers = Offer.objects.filter(cohort=cohort)
    earlier = Offer.objects.filter(cohort=cohort, mentee=OuterRef("mentee"), pk__lt=OuterRef("pk"))
    figures.method = METHOD
    figures.matched = offers.filter(state__in=LIVE).count()
    figures.accepted_at_first_proposal = offers.filter(~Exists(earlier), mentorship__isnull=False).count()
    if figures.days_close_to_pairs is None and cohort.offers_sent_at is not None:
        figures.days_close_to_pairs = max(0, (cohort.offers_sent_at - cohort.closes_at).days)
    figures.save()
    return figures
