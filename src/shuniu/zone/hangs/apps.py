from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HangsConfig(AppConfig):
    name = "shuniu.zone.hangs"
    label = "hangs"
    verbose_name = _("Supervised items")
    default_auto_field = "django.db.models.BigAutoField"
