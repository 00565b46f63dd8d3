from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "shuniu.zone.portal"
    label = "portal"
    verbose_name = _("Background work")
    default_auto_field = "django.db.models.BigAutoField"
