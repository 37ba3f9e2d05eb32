"""People with browsers of their own, without JavaScript, and what they read."""

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

T = TypeVar("T")
Fields = list[tuple[str, str]]


@dataclass
class Form:
    action: str
    fields: Fields = field(default_factory=list)

    def filled(self, answers: dict[str, str | list[str]]) -> Fields:
        """With `answers` in place of what stands in the form under the same names."""
        kept = [(name, value) for name, value in self.fields if name not in answers]
        for name, value in answers.items():
            kept += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        return kept


class FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area: list[str] | None = None
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is None or "name" not in given:
            return
        elif tag == "textarea":
            self._name, self._area = given["name"], []
        elif tag == "input" and (given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given):
            self._form.fields.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form and self._area is not None:
            # The line break after the opening tag is not part of the text.
            self._form.fields.append((self._name, "".join(self._area).removeprefix("\n")))
            self._area = None
        elif tag == "form":
            self._form = None


@dataclass(frozen=True)
class Page:
    status: int
    url: str
    html: str

    def form(self, wanted: str) -> Form:
        """The form whose action or one of whose fields is called so."""
        reader = FormReader()
        reader.feed(self.html)
        for form in reader.forms:
            if wanted in form.action or wanted in dict(form.fields):
                return Form(urljoin(self.url, form.action), form.fields)
        raise AssertionError(f"{self.url} has no form {wanted!r}:\n{self.html}")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: object) -> None:
        return None


class Person:
    """`follow`: whether a redirect is followed, or is the answer. `address`: hers, for a site behind a proxy."""

    def __init__(
        self, site_url: str, cookies: Iterable[object] = (), *, follow: bool = True, address: str = ""
    ) -> None:
        self.site_url = site_url
        self.jar = CookieJar()
        for cookie in cookies:
            self.jar.set_cookie(cookie)  # type: ignore[arg-type]
        handlers = [urllib.request.HTTPCookieProcessor(self.jar), *([] if follow else [NoRedirect()])]
        self._opener = urllib.request.build_opener(*handlers)
        self._address = address
        if address:
            self._opener.addheaders.append(("X-Forwarded-For", address))

    def copies(self, number: int, *, follow: bool = True) -> list["Person"]:
        """The same browser in several tabs."""
        return [Person(self.site_url, self.jar, follow=follow, address=self._address) for _ in range(number)]

    def set_cookie(self, name: str, value: str) -> None:
        parts = SimpleCookie({name: value})
        host = urlsplit(self.site_url).hostname or ""
        self.jar.set_cookie(
            Cookie(
                0,
                name,
                parts[name].coded_value,
                None,
                False,
                host,
                False,
                False,
                "/",
                True,
                False,
                None,
                True,
                None,
                None,
                {},
            )
        )

    def open(self, address: str, data: Fields | None = None) -> Page:
        body = urlencode(data).encode() if data is not None else None
        try:
            with self._opener.open(urljoin(self.site_url, address), body, timeout=120) as answer:
                return Page(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Page(error.code, error.url or "", error.read().decode())

    def press(self, form: Form, **answers: str | list[str]) -> Page:
        return self.open(form.action, form.filled(answers))

    def sign_in(self, link: str) -> "Person":
        answer = self.press(self.open(link).form("csrfmiddlewaretoken"))
        assert answer.status == 200, answer.html
        return self


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """What each act answers when all begin in the same moment."""
    barrier = threading.Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))
