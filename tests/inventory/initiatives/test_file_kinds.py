"""What is taken as evidence: the bytes say what it is, and the name follows."""

from zipfile import ZIP_BZIP2

import pytest

from inventory.initiatives.file_kinds import LARGEST_FILE, LONGEST_NAME, judge_file, name_of_kind
from tests.inventory.shared_files import ARCHIVES, DOCX, OFFICE, OPEN, PDF, SHEET, TEXT, WORD, archive, document, types
from wimmentor.base.errors import DomainError

SAYS_WORD = types(f"{WORD}.main+xml")
SAYS_MACROS = types("application/vnd.ms-word.document.macroEnabled.main+xml")
BODY = {"word/document.xml": "x"}


@pytest.mark.parametrize(
    ("content", "media_type", "called"),
    [
        (PDF, "application/pdf", "report.exe.pdf"),
        (b"\x89PNG\r\n\x1a\nx", "image/png", "report.exe.png"),
        (b"\xff\xd8\xff\xe0x", "image/jpeg", "report.exe.jpg"),
        *((document(media_type, part), media_type, f"report.exe.{ending}") for ending, media_type, part in ARCHIVES),
    ],
)
def test_the_bytes_say_what_it_is_and_the_name_follows(content: bytes, media_type: str, called: str) -> None:
    kind = judge_file(content, "report.exe")

    assert (kind.media_type, name_of_kind("report.exe", kind)) == (media_type, called)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (PDF + bytes(LARGEST_FILE), "too_large"),
        (b"<html><script>1</script>", "no_kind"),
        (b"MZ\x90\x00", "no_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_format"),
        (archive({"a.txt": "x"}), "no_kind"),
        (archive({**SAYS_WORD, "xl/workbook.xml": "x"}), "no_kind"),
        (document(f"{OFFICE}wordprocessingml.template", "word/document.xml"), "no_kind"),
        (document(f"{OPEN}graphics", "content.xml"), "no_kind"),
        (DOCX[:-30], "damaged"),
        (archive({**SAYS_WORD, **BODY}, ZIP_BZIP2), "damaged"),
        (archive({**SAYS_WORD, **BODY, "WORD/Document.xml": "y"}), "damaged"),
        (archive({"[Content_Types].xml": f"{WORD}.main+xml" + " " * 1024 * 1024, **BODY}), "damaged"),
        (archive({"[Content_Types].xml": f"{WORD}.main+xml &#109;acroEnabled", **BODY}), "damaged"),
        (archive({**SAYS_MACROS, **BODY}), "macros"),
        (document(WORD, "word/document.xml", "word/VBAProject.bin"), "macros"),
        (document(SHEET, "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "macros"),
        (document(TEXT, "content.xml", "Basic/Standard/Module1.xml"), "macros"),
    ],
)
def test_what_is_refused_is_named_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        judge_file(content, "Informe ñ")

    assert (refused.value.code, "“Informe ñ”" in str(refused.value)) == (code, True)


def test_five_megabytes_fit() -> None:
    assert judge_file(PDF.ljust(LARGEST_FILE), "report").label == "PDF"


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("Informe  final.PDF", "Informe final.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("a\x00b\nc\x1b.pdf", "ab c.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * LONGEST_NAME + ".pdf"),
        ("\u202e\u200b", "evidence.pdf"),
        ("...", "evidence.pdf"),
    ],
)
def test_a_strange_name_becomes_a_plain_one(given: str, called: str) -> None:
    assert name_of_kind(given, judge_file(PDF, "")) == called
