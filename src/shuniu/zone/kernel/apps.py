from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "shuniu.zone.kernel"
    label = "kernel"
    verbose_name = _("System")
    default_auto_field = "django.db.models.BigAutoField"
