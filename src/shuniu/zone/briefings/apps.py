from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingsConfig(AppConfig):
    name = "shuniu.zone.briefings"
    label = "briefings"
    verbose_name = _("Briefings")
    default_auto_field = "django.db.models.BigAutoField"
