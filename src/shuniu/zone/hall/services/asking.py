"""Who asks, and the refusal of those whose role does not include it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.queries import Standing, standing_of


class NotForYou(Refusal):
    code = "hall.not_for_you"
    status = 403
    sentence = _("This is work of the service hall that your role does not include.")


def standing_or_system(actor: User | None) -> Standing | None:
    """Return what an actor is; None for the system itself."""
    return None if actor is None else standing_of(actor)
