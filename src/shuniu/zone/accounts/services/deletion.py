"""A person asks to be deleted, and the security administrator decides."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import RequestState
from shuniu.zone.accounts.models import DataRequest, User
from shuniu.zone.accounts.services.keeping import erase
from shuniu.zone.accounts.services.opening import close_account
from shuniu.zone.accounts.services.refusals import NotForYou
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact, run_purge


class AskedAlready(Refusal):
    code = "accounts.deletion_asked_already"
    status = 409
    sentence = _("You have asked already; the security administrator decides within 15 days.")


class NotWaiting(Refusal):
    code = "accounts.deletion_not_waiting"
    status = 409
    sentence = _("This request was decided or taken back meanwhile; nothing was changed.")


class ReasonMissing(Refusal):
    code = "accounts.deletion_reason_missing"
    status = 422
    sentence = _("Please write the reason: the person has a right to know why.")


@transaction.atomic
def ask_for_deletion(*, actor: User, now: datetime) -> DataRequest:
    """Ask that the zone deletes what it holds about ``actor``.

    Raises
    ------
    AskedAlready
        If a request of this person waits for its decision.
    """
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(user=actor, asked_at=now)
    except IntegrityError:
        raise AskedAlready from None
    asked = facts.DeletionAsked(user_id=actor.pk, request_id=request.pk)
    record_fact(asked, actor=actor, at=now)
    return request


@transaction.atomic
def take_back_deletion(*, actor: User, now: datetime) -> None:
    """Take back the own request that waits.

    Raises
    ------
    NotWaiting
        If none waits (any more).
    """
    waiting = DataRequest.objects.select_for_update(no_key=True).filter(state=RequestState.WAITING)
    request = waiting.filter(user=actor).first()
    if request is None:
        raise NotWaiting
    _decide(request, RequestState.WITHDRAWN, actor, now)
    taken_back = facts.DeletionTakenBack(user_id=actor.pk, request_id=request.pk)
    record_fact(taken_back, actor=actor, at=now)


@transaction.atomic
def grant_deletion(*, request_id: int, actor: User, now: datetime) -> DataRequest:
    """Close the account of a person who asked, and delete name, phone and means of signing in.

    Raises
    ------
    NotForYou
        If ``actor`` may not, or asks for themselves.
    NotWaiting
        If the request was decided meanwhile.
    """
    request = _waiting(request_id, actor)
    close_account(user_id=request.user_id, actor=actor, now=now)
    _decide(request, RequestState.GRANTED, actor, now)
    run_purge(
        data_class="identity",
        batch=lambda *, before, limit, now: erase([request.user_id]),  # noqa: ARG005  # the shape of a batch
        before=now,
        actor=actor,
        now=now,
    )
    granted = facts.DeletionGranted(user_id=request.user_id, request_id=request.pk)
    record_fact(granted, actor=actor, at=now)
    return request


@transaction.atomic
def refuse_deletion(*, request_id: int, reason: str, actor: User, now: datetime) -> DataRequest:
    """Tell a person why the zone has to keep what it holds about them.

    Raises
    ------
    NotForYou, NotWaiting
        As with granting.
    ReasonMissing
        If there is no reason.
    """
    request = _waiting(request_id, actor)
    if not reason.strip():
        raise ReasonMissing
    request.reason = reason.strip()[:500]
    _decide(request, RequestState.REFUSED, actor, now)
    refused = facts.DeletionRefused(user_id=request.user_id, request_id=request.pk)
    record_fact(refused, actor=actor, at=now)
    return request


@transaction.atomic
def note_copy(*, actor: User, now: datetime) -> None:
    """Record that a person took a copy of their own data with them."""
    record_fact(facts.OwnDataCopied(user_id=actor.pk), actor=actor, at=now)


def _waiting(request_id: int, actor: User) -> DataRequest:
    request = DataRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    is_own = request.user_id == actor.pk
    if is_own or not policies.may_protect_data(queries.roles_of(actor)):
        raise NotForYou
    if not request.is_waiting:
        raise NotWaiting
    return request


def _decide(request: DataRequest, state: RequestState, actor: User, now: datetime) -> None:
    request.state, request.decided_at, request.decided_by = state, now, actor
    request.save(update_fields=["state", "decided_at", "decided_by", "reason"])
