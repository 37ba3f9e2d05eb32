"""Versions of the texts that people agree to. A change of a text is a new date here."""

PRIVACY_VERSION = "2026-11-25"
CONDUCT_VERSION = "2026-11-22"
