"""What publications show on pages of lower areas."""

from django.http import HttpRequest

from inventory.initiatives.registry import PagePart
from inventory.publications.queries import packages, publisher


def offer_data(request: HttpRequest) -> PagePart | None:
    """Below the directory: the data of the latest wave."""
    package = packages().first()
    if package is None:
        return None
    _name, address = publisher()
    return PagePart("inventory/publications/_take.html", {"package": package, "take_down": address})
