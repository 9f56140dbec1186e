"""Indicators as a Django application."""
from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "ansinh.indicators"
    label = "indicators"
    verbose_name = "Số liệu"
