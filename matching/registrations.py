"""Fills the registries of lower rooms with what matching does."""

from matching.runs.domain import JOB_KIND, compute_run
from programmes.jobs.registry import register_kind


def register() -> None:
    register_kind(JOB_KIND, compute_run)
