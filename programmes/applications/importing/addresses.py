import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wimmentor.base.text import fold_email

# What mail programmes copy: "Ana Rojas <ana@example.org>" and mailto:ana@example.org?subject=...
_NAMED = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")
_LINK = re.compile(r"mailto:\s*([^\s?]+)(?:\?\S*)?", re.IGNORECASE)


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def tidy_address(text: str) -> str:
    """The folded address alone, or nothing where the cell is not one address."""
    address = fold_email(text)
    found = _NAMED.fullmatch(address) or _LINK.fullmatch(address)
    if found:
        address = found[1].removeprefix("mailto:")
    return address if is_email(address) else ""
