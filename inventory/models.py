from inventory.initiatives.models import Edition, Initiative, Inquiry, Record, Statement
from inventory.waves.models import ResponseEntry, Wave, WaveLetter, WaveResponse

__all__ = [
    "Edition",
    "Initiative",
    "Inquiry",
    "Record",
    "ResponseEntry",
    "Statement",
    "Wave",
    "WaveLetter",
    "WaveResponse",
]
