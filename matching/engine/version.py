"""Raised whenever the same input may give another result."""

from typing import Final

ENGINE_VERSION: Final = "2"
