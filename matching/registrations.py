"""Fills the registries of the programmes app with what matching does."""


def register() -> None:
    pass
