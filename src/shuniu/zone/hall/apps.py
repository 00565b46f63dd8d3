from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HallConfig(AppConfig):
    name = "shuniu.zone.hall"
    label = "hall"
    verbose_name = _("Service hall")
    default_auto_field = "django.db.models.BigAutoField"
