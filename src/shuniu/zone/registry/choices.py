from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HolidayKind(TextChoices):
    HOLIDAY = "HOLIDAY", _("day off")
    MAKEUP_DAY = "MAKEUP_DAY", _("make-up working day")
