"""What the zone holds, class by class: purpose, legal basis, end, readers, and the assessment."""

from __future__ import annotations

from shuniu.config.data_classes.other import OTHER
from shuniu.config.data_classes.people import PEOPLE
from shuniu.config.data_classes.work import WORK

PERSONAL = (*PEOPLE, *WORK)

__all__ = ["OTHER", "PERSONAL"]
