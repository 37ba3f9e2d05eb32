from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wimmentor.base"
    label = "base"
