"""Gender as people say it themselves, and the preference for a mentor."""

from django.utils.translation import gettext_lazy as _

from wimmentor.base.codes.codelist import CodeList

_WOMAN = "woman|women|female|f|mujer|femenino|femme|mulher|perempuan|wanita|a woman|una mujer|une femme"
_MAN = "man|men|male|m|hombre|masculino|homme|homem|laki-laki|a man|un hombre|un homme"
_NONBINARY = "nonbinary|non binary|no binario|no binaria|no binarie|non binaire|não binário"

GENDER = CodeList(
    "gender",
    [
        ("female", _("Woman"), _WOMAN),
        ("male", _("Man"), _MAN),
        ("nonbinary", _("Non-binary"), _NONBINARY),
        (
            "undisclosed",
            _("Prefer not to say"),
            "prefiero no decir|prefiero no decirlo|je préfère ne pas répondre|prefiro não dizer",
        ),
    ],
)

PREFERRED_GENDER = CodeList(
    "preferred_gender",
    [
        ("female", _("A woman"), _WOMAN),
        ("male", _("A man"), _MAN),
        ("nonbinary", _("A non-binary person"), _NONBINARY),
        (
            "no_preference",
            _("No preference"),
            (
                "none|any|either|both|me da igual|sin preferencia|indistinto|indiferente|indifferent|indifférent"
                "|sans préférence|pas de préférence|sem preferência|tidak ada preferensi"
            ),
        ),
    ],
)
