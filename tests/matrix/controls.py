"""Pages as a browser reads them: their links, and their forms with the values that would be sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

PLAUSIBLE = {
    **dict.fromkeys(("number", "numeric", "decimal"), "3"),
    "email": "ana@example.org",
    "date": "2027-01-10",
    "datetime-local": "2027-01-10T12:00",
    "url": "https://example.org/",
    "tel": "+56 9 1234 5678",
}
Attributes = dict[str, str]


@dataclass
class Form:
    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    has_file: bool = False

    def bodies(self) -> list[dict[str, str]]:
        """What each of its buttons sends."""
        return [{**self.values, **({name: value} if name else {})} for name, value in self.buttons or [("", "")]]


class Page(HTMLParser):
    """`controls`: those of all forms together; what has no value gets a plausible one."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.controls: dict[str, str] = {}
        self._form: Form | None = None
        self._owner: Form | None = None
        self._name = ""
        self.feed(page.decode(errors="replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.links.extend(found[name] for name in ("href", "hx-get", "src") if found.get(name))
        if tag == "form":
            self._open_form(found)
        elif tag == "select":
            self._name, self._owner = found.get("name", ""), self._owner_of(found)
        elif tag == "option":
            self._choose(found)
        elif tag == "button":
            self._press(found)
        elif tag in {"input", "textarea"} and found.get("name"):
            self._fill(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _open_form(self, found: Attributes) -> None:
        self._form = Form(found.get("action", ""), found.get("method", "get").lower())
        self.forms.append(self._form)
        if "id" in found:
            self.by_id[found["id"]] = self._form

    def _owner_of(self, found: Attributes) -> Form | None:
        return self.by_id.get(found["form"]) if "form" in found else self._form

    def _fill(self, found: Attributes) -> None:
        kind = found.get("inputmode") or found.get("type", "text")
        given = found.get("value") or PLAUSIBLE.get(
            found.get("type", ""), PLAUSIBLE.get(kind, "Words" if kind == "text" else "")
        )
        owner = self._owner_of(found)
        if owner is not None and kind == "file":
            owner.has_file = True
        self._set(found["name"], given, owner, keeps=kind == "radio" and "checked" not in found)

    def _press(self, found: Attributes) -> None:
        name, value, owner = found.get("name", ""), found.get("value", ""), self._owner_of(found)
        if owner is not None and found.get("type", "submit") == "submit":
            owner.buttons.append((name, value))
        if name:
            self.controls[name] = value

    def _choose(self, option: Attributes) -> None:
        self._set(self._name, option.get("value", ""), self._owner, keeps="selected" not in option)

    def _set(self, name: str, value: str, owner: Form | None, *, keeps: bool) -> None:
        for values in (self.controls, *([owner.values] if owner else [])):
            if not (keeps and values.get(name)):
                values[name] = value
