"""Files that people share, made by hand: the fewest bytes of each kind."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\nReport"
OFFICE, OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
WORD, SHEET, TEXT = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet", f"{OPEN}text"
# Ending, media type, and a member that each has.
ARCHIVES = [
    ("docx", WORD, "word/document.xml"),
    ("xlsx", SHEET, "xl/workbook.xml"),
    ("pptx", f"{OFFICE}presentationml.presentation", "ppt/presentation.xml"),
    ("odt", TEXT, "content.xml"),
    ("ods", f"{OPEN}spreadsheet", "content.xml"),
]


def archive(members: dict[str, str], how: int = ZIP_DEFLATED) -> bytes:
    with ZipFile(packed := BytesIO(), "w", how) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return packed.getvalue()


def types(declared: str) -> dict[str, str]:
    return {"[Content_Types].xml": f'<Types><Override PartName="/part.xml" ContentType="{declared}"/></Types>'}


def document(media_type: str, part: str, *others: str) -> bytes:
    says = {"mimetype": media_type} if media_type.startswith(OPEN) else types(f"{media_type}.main+xml")
    return archive({**says, **dict.fromkeys([part, *others], "<x/>")})


DOCX = document(WORD, "word/document.xml")
