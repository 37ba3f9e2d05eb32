"""Importing in tests: by the domain, and as a coordinator does it in the browser."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from programmes.applications.domain import apply_import, prepare_import
from programmes.applications.models import ImportBatch
from programmes.cohorts.models import Cohort
from tests.programmes.applications.coordinators import address
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

GOOD = 'email,name,country,years_experience\nana@example.org,Ana Rojas,CL,"4,5"\nberta@example.org,Berta Cano,PE,2\n'
MIXED = GOOD + ",Carla Soto,PE,2\n"


def prepare(cohort: Cohort, text: str, **options: Any) -> ImportBatch:
    data = text.encode()
    chosen = {"role": "mentee", "accept": False, "consent_attested": True, "file_name": "people.csv", **options}
    table = read_table(io.BytesIO(data), "people.csv")
    return prepare_import(**{"cohort": cohort, "table": table, "data": data, "by": SYSTEM, **chosen})


def bring_in(cohort: Cohort, text: str, **options: Any) -> ImportBatch:
    return apply_import(batch=prepare(cohort, text, **options), by=SYSTEM)


def upload(client: Client, cohort: Cohort, text: str | bytes, name: str = "people.csv", **fields: str) -> Any:
    data = {"role": "mentee", "accept": "no", "consent_attested": "on", **fields}
    content = text.encode() if isinstance(text, str) else text
    return client.post(address("import-new", cohort), {**data, "file": SimpleUploadedFile(name, content)})


def choose(client: Client, cohort: Cohort, batch: ImportBatch, *fields: str, **more: str) -> Any:
    """`fields`: one for each column of the file."""
    batch.refresh_from_db()
    columns = {f"column-{number}": field for number, field in enumerate(fields)}
    data = {"role": "mentee", "version": str(batch.version), **columns, **more}
    return client.post(address("import-columns", cohort, pk=batch.pk), data)


def press(client: Client, cohort: Cohort, batch: ImportBatch, step: str, **more: str) -> Any:
    batch.refresh_from_db()
    data = {"step": step, "version": str(batch.version), **more}
    return client.post(address("import-preview", cohort, pk=batch.pk), data)


def kept_files(folder: str = "imports") -> list[Path]:
    path = Path(settings.MEDIA_ROOT) / folder
    return sorted(file for file in path.iterdir()) if path.is_dir() else []
