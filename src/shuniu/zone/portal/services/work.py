"""Commands of those who look after the system."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import services as desk
from shuniu.zone.kernel import services as kernel
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.portal import facts, policies, queries
from shuniu.zone.registry.queries import standing_of


class NotForYou(Refusal):
    code = "portal.not_for_you"
    status = 403
    sentence = _("Only the system administrator can do this.")


class NotGivenUp(Refusal):
    code = "portal.not_given_up"
    status = 409
    sentence = _("This work is not given up (any more); nothing was changed.")


@transaction.atomic
def send_again(*, delivery_id: int, actor: User, now: datetime) -> None:
    """Give work that was given up another round.

    Raises
    ------
    NotForYou
        If ``actor`` does not look after the system.
    NotGivenUp
        If it is waiting or done.
    """
    if not policies.may_run_system(standing_of(actor)):
        raise NotForYou
    if not kernel.send_again(delivery_id=delivery_id, now=now):
        raise NotGivenUp
    record_fact(facts.DeliverySentAgain(delivery_id=delivery_id), actor=actor, at=now)


def purge_loose_files(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Delete stored files that nothing in the whole product names any more."""
    named = queries.export_files()
    return desk.purge_loose_files(before=before, limit=limit, now=now, others=named)
