from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Stands above all apps: it fills them with invented people. Its command is `demo`."""

    name = "wimmentor.demonstration"
    label = "demonstration"
