"""Words by which a cell says why there is no answer in it."""

from wimmentor.base.codes import ANSWER_STATE
from wimmentor.base.codes.codelist import match_key

NOTHING = "pending"
_SIGNS = {"?": "unknown", "-": NOTHING, "–": NOTHING, "—": NOTHING, "...": NOTHING, "…": NOTHING}
_WORDS = {
    "unknown": (
        "not known|do not know|don t know|no idea|n k|desconocido|desconocida|no se|no se sabe|no sabe|inconnu|inconnue"
        "|ne sait pas|on ne sait pas|nsp|desconhecido|nao sabe|nao sei|tidak tahu|tidak diketahui"
    ),
    "not_applicable": (
        "n a|na|not relevant|does not apply|no aplica|no corresponde|sans objet|s o|non applicable|nao se aplica"
        "|tidak berlaku"
    ),
    "declined": (
        "declined to say|refused|no answer wanted|confidential|prefiero no decir|prefiere no decir|confidencial"
        "|prefere ne pas dire|confidentiel|prefiro nao dizer"
    ),
    NOTHING: "not answered|no answer|tbc|tbd|por confirmar|a confirmer|a confirmar",
}
_BY_KEY = {match_key(word): state for state, words in _WORDS.items() for word in words.split("|")}


def state_in(text: str) -> str | None:
    """None: it says something else. "answered" is no reason for an empty cell."""
    sign = "?" if not text.strip("? ") else text
    if sign in _SIGNS:
        return _SIGNS[sign]
    state = _BY_KEY.get(match_key(text)) or ANSWER_STATE.match(text)
    return None if state == "answered" else state
