import pytest

from wimmentor.base.text import contains_nul, fold, fold_email


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÑANDÚ", "nandu"),
        ("  Minera\u00a0Cóndor \n Azul ", "minera condor azul"),
        ("Straße", "strasse"),
        ("ＡＢＣ\u200b", "abc"),
        ("Türkiye", "turkiye"),
        ("İstanbul", "istanbul"),
        ("Œdia", "œdia"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_fold_is_stable() -> None:
    assert fold(fold("  Ḍé ÀÇ\u00a0x")) == fold("  Ḍé ÀÇ\u00a0x")


def test_fold_email_trims_and_keeps_accents() -> None:
    assert fold_email(" \u00a0José.Peña@Example.ORG\ufeff ") == "josé.peña@example.org"


def test_contains_nul() -> None:
    assert contains_nul("a\x00b") is True
    assert contains_nul("a\tb") is False
