from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        from matching import registrations  # noqa: PLC0415 - models must be loaded first

        registrations.register()
