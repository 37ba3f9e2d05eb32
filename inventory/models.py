from inventory.initiatives.models import Edition, EvidenceFile, Initiative, Inquiry, Record, Statement
from inventory.publications.models import Package, PackageFile
from inventory.waves.models import AnswerImport, Merger, ResponseEntry, Wave, WaveLetter, WaveResponse

__all__ = [
    "AnswerImport",
    "Edition",
    "EvidenceFile",
    "Initiative",
    "Inquiry",
    "Merger",
    "Package",
    "PackageFile",
    "Record",
    "ResponseEntry",
    "Statement",
    "Wave",
    "WaveLetter",
    "WaveResponse",
]
