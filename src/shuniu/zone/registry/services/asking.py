"""Who asks, and the refusal of those whose role does not include it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry import queries


class NotForYou(Refusal):
    code = "registry.not_for_you"
    status = 403
    sentence = _("Your role does not include this. The system administrator can tell you who may.")


def standing_or_system(actor: User | None) -> queries.Standing | None:
    """Return what an actor is; None for the system itself."""
    return None if actor is None else queries.standing_of(actor)
