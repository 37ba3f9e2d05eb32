"""Parts of a workbook as a stream of tags: nothing is kept that the reader of a part does not keep.

A tree, which openpyxl builds, grows with whatever a hostile file repeats; and it takes four times as long.
"""

import zipfile
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.tables import SpreadsheetError

_BLOCK = 64 * 1024
# The parser remembers every open tag; those of a workbook stand a dozen deep.
_DEEPEST = 200


class TagReader(Protocol):
    """Names come without their prefix."""

    def open_tag(self, name: str, attributes: dict[str, str]) -> None: ...

    def close_tag(self, name: str) -> None: ...

    def add_text(self, text: str) -> None: ...


def stream_part(archive: zipfile.ZipFile, path: str, reader: TagReader) -> Iterator[None]:
    """Yields after every block, so that what the reader has gathered can be taken from it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    depth = 0

    def open_tag(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            _refuse_declaration()
        reader.open_tag(name.rpartition(":")[2], attributes)

    def close_tag(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.close_tag(name.rpartition(":")[2])

    parser.StartElementHandler = open_tag
    parser.EndElementHandler = close_tag
    parser.CharacterDataHandler = reader.add_text
    with archive.open(path) as stream:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            yield
    parser.Parse(b"", True)
    yield


def read_part(archive: zipfile.ZipFile, path: str, reader: TagReader) -> None:
    for _block in stream_part(archive, path, reader):
        pass


def _refuse_declaration(*_declared: object) -> None:
    raise SpreadsheetError(gettext("This workbook holds declarations that no workbook needs. Save it anew."))


def local_attribute(attributes: dict[str, str], name: str) -> str:
    """Whatever prefix it has: r:id, d3p1:id."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
