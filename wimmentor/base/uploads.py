"""Files that people send. Django bounds the fields of a form, but writes a file of any size to the disk, and reads
the body of a POST before a view asks who sends it."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# Above what spreadsheets may be, so that somewhat too large a one still gets its own sentence.
MOST_BYTES = 20 * 1024 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Ends a request whose files together are larger: a 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > MOST_BYTES:
            raise RequestDataTooBig("The files of this request are too large.")
        super().receive_data_chunk(raw_data, start)
