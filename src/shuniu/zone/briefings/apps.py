from __future__ import annotations

from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "shuniu.zone.briefings"
    label = "briefings"
    default_auto_field = "django.db.models.BigAutoField"
