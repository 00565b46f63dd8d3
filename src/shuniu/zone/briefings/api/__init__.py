"""The briefing for programs: the figures of a day, and the issues on their way to paper."""

from __future__ import annotations

from shuniu.zone.briefings.api.days import briefings
from shuniu.zone.briefings.api.instructions import instructions
from shuniu.zone.briefings.api.issues import issues

routers = (briefings, instructions, issues)

__all__ = ["routers"]
