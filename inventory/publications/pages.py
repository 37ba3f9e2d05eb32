"""What pages about open data show, in the reader's language."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.publications.datapackage import LICENCE
from inventory.publications.layout import fields_of
from inventory.publications.models import Package
from inventory.publications.shapes import SHAPES

# The formats of the descriptor in words.
TYPES: dict[str, Promise] = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "year": gettext_lazy("year"),
    "date": gettext_lazy("day"),
}


def package_row(package: Package, descriptor: dict[str, Any] | None = None) -> dict[str, Any]:
    """`descriptor`: where it has been read already."""
    resources = (descriptor or package.descriptor)["resources"]
    rows = {resource["name"]: resource["rows"] for resource in resources}
    return {"package": package, "initiatives": rows["initiatives"], "organisations": rows["organisations"]}


def package_page(package: Package) -> dict[str, Any]:
    descriptor = package.descriptor
    return {
        **package_row(package, descriptor),
        "licence": LICENCE,
        "take_down": descriptor["takeDown"],
        "tables": [_describe_table(package, resource) for resource in descriptor["resources"]],
        "withheld": list(_describe_withheld(descriptor["withheld"])),
    }


def _describe_table(package: Package, resource: dict[str, Any]) -> dict[str, Any]:
    """Its words as they are today; of a column that is not asked any more, those of its time."""
    shape, stored = SHAPES[resource["name"]], resource["schema"]["fields"]
    current = {field.name: field for field in fields_of(resource["name"], [field["name"] for field in stored])}
    return {
        "name": resource["name"],
        "title": shape.title,
        "description": shape.description,
        "rows": resource["rows"],
        "url": reverse("data-table", args=[package.wave.code, resource["name"]]),
        "fields": [
            {
                "name": field["name"],
                "title": current[field["name"]].title if field["name"] in current else field["title"],
                "type": _say_type(field),
                "list": field.get("codeList", ""),
                "description": current[field["name"]].description if field["name"] in current else "",
            }
            for field in stored
        ],
    }


def _say_type(field: dict[str, Any]) -> str:
    if "codeList" not in field:
        return str(TYPES[field["type"]])
    return _("codes of") if "separator" in field else _("code of")


def _describe_withheld(withheld: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """By reason and table: which columns, and how many cells or records."""
    places = dict.fromkeys((each["reason"], each["table"]) for each in withheld)
    reasons = list(dict.fromkeys(reason for reason, _table in places))
    for reason, table in sorted(places, key=lambda place: reasons.index(place[0])):
        found = [each for each in withheld if (each["reason"], each["table"]) == (reason, table)]
        yield {
            "reason": _(reason),
            "table": table,
            "columns": ", ".join(each["field"] for each in found if each["field"]),
            "number": sum(each["number"] or 0 for each in found) or None,
        }
