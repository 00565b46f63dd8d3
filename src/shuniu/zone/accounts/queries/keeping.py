"""How much the accounts hold, and since when it need not be kept."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from shuniu.zone.accounts.models import (
    AccessToken,
    DataRequest,
    Device,
    GuessCount,
    OneTimeCode,
    RecoveryCode,
    SignInSession,
    User,
)
from shuniu.zone.kernel.data_map import Held, held_of, held_together

NOBODY = "#"  # what stands before the number of somebody whose name was deleted


def name_without_person(user_id: int) -> str:
    """Return what stands in the place of a name that was deleted, such as ``#17``."""
    return f"{NOBODY}{user_id}"


def named_accounts() -> QuerySet[User]:
    """Return the accounts whose name was not deleted."""
    named: QuerySet[User] = User.objects.exclude(sign_in_name__startswith=NOBODY)
    return named


def identities_held() -> Held:
    """Return the named people; the time runs from the closing of an account."""
    return held_of(named_accounts(), "closed_at", Q(is_active=False))


def stays_held() -> Held:
    """Return stays, devices and keys; the time runs from the last use, or the end of a key."""
    tokens = AccessToken.objects.annotate(over_at=Coalesce("ended_at", "expires_at"))
    return held_together(
        held_of(SignInSession.objects.all(), "seen_at"),
        held_of(Device.objects.all(), "used_at"),
        held_of(tokens, "over_at"),
    )


def codes_held() -> Held:
    """Return one-time and recovery codes; the time runs from use or expiry."""
    one_time = OneTimeCode.objects.annotate(over_at=Coalesce("used_at", "expires_at"))
    return held_together(
        held_of(one_time, "over_at"), held_of(RecoveryCode.objects.all(), "used_at")
    )


def guesses_held() -> Held:
    """Return counts of wrong guesses; the time runs from the last one."""
    return held_of(GuessCount.objects.all(), "last_at")


def requests_held() -> Held:
    """Return requests for deletion; the time runs from the decision."""
    return held_of(DataRequest.objects.all(), "decided_at")


def deletion_requests() -> QuerySet[DataRequest]:
    """Return all requests with their people, those that wait first, then the newest."""
    return DataRequest.objects.select_related("user", "decided_by").order_by(
        F("decided_at").desc(nulls_first=True), "pk"
    )


def deletion_request_of(user_id: int) -> DataRequest | None:
    """Return the newest request of a person."""
    return DataRequest.objects.filter(user_id=user_id).order_by("pk").last()
