from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "shuniu.zone.registry"
    label = "registry"
    verbose_name = _("Zone, offices and enterprises")
    default_auto_field = "django.db.models.BigAutoField"
