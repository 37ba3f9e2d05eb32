from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        from programmes import registrations  # noqa: PLC0415 - models must be loaded first

        registrations.register()
