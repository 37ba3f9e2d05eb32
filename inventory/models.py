from inventory.initiatives.models import Edition, Initiative, Inquiry, Record, Statement
from inventory.publications.models import Package
from inventory.waves.models import ResponseEntry, Wave, WaveLetter, WaveResponse

__all__ = [
    "Edition",
    "Initiative",
    "Inquiry",
    "Package",
    "Record",
    "ResponseEntry",
    "Statement",
    "Wave",
    "WaveLetter",
    "WaveResponse",
]
