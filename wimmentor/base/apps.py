from django.apps import AppConfig
from django.conf import settings

from wimmentor.base.pseudo import speak_pseudo


class BaseConfig(AppConfig):
    name = "wimmentor.base"
    label = "base"

    def ready(self) -> None:
        if settings.PSEUDO:
            speak_pseudo()
