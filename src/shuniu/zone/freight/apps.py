from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FreightConfig(AppConfig):
    name = "shuniu.zone.freight"
    label = "freight"
    verbose_name = _("Freight")
    default_auto_field = "django.db.models.BigAutoField"
