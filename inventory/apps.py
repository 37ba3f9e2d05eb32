from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "inventory"

    def ready(self) -> None:
        from inventory import registrations  # noqa: PLC0415 - models must be loaded first

        registrations.register()
