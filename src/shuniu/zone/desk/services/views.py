"""A person's own lists: saved, named anew, preferred, removed and brought back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, queries
from shuniu.zone.desk.models import SavedView
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of

MOST_VIEWS = 12
LONGEST_NAME = 20
LONGEST_QUERY = 400


class NotYourView(Refusal):
    code = "desk.not_your_view"
    status = 404
    sentence = _("There is no such view of yours any more.")


class NoListForYou(Refusal):
    code = "desk.no_list_for_you"
    status = 403
    sentence = _("There is no list of cases for you.")


class ViewNameMissing(Refusal):
    code = "desk.view_name_missing"
    status = 422
    sentence = _("Please give the view a name of at most %(limit)s characters.")


class ViewNameTaken(Refusal):
    code = "desk.view_name_taken"
    status = 409
    sentence = _("You have a view “%(name)s” already. Please choose another name.")


class TooManyViews(Refusal):
    code = "desk.too_many_views"
    status = 409
    sentence = _("You have %(limit)s views, which is as many as fit. Please remove one first.")


@transaction.atomic
def save_view(*, name: str, wanted: CaseFilter, actor: User, now: datetime) -> SavedView:
    """Keep a list by a name, for its owner alone.

    Raises
    ------
    NoListForYou
        If ``actor`` has no list of cases.
    ViewNameMissing, ViewNameTaken, TooManyViews
    """
    _refuse_stranger(actor)
    if queries.views_of(actor.pk).count() >= MOST_VIEWS:
        raise TooManyViews(limit=MOST_VIEWS)
    view = SavedView(
        owner=actor, name=_free_name(name, actor), query=wanted.query[:LONGEST_QUERY], made_at=now
    )
    view.save()
    record_fact(facts.ViewSaved(view_id=view.pk), actor=actor, at=now)
    return view


@transaction.atomic
def rename_view(*, view_id: int, name: str, actor: User, now: datetime) -> SavedView:
    """Name an own view anew.

    Raises
    ------
    NoListForYou, NotYourView, ViewNameMissing, ViewNameTaken
    """
    view = _own(view_id, actor)
    view.name = _free_name(name, actor, but=view)
    view.save(update_fields=["name"])
    record_fact(facts.ViewRenamed(view_id=view.pk), actor=actor, at=now)
    return view


@transaction.atomic
def prefer_view(*, view_id: int, actor: User, now: datetime) -> SavedView:
    """Let the list open with an own view; if it does already, no longer.

    Raises
    ------
    NoListForYou, NotYourView
    """
    view = _own(view_id, actor)
    wanted = not view.is_default
    SavedView.objects.filter(owner=actor, is_default=True).update(is_default=False)
    view.is_default = wanted
    view.save(update_fields=["is_default"])
    record_fact(facts.ViewPreferred(view_id=view.pk, is_default=wanted), actor=actor, at=now)
    return view


@transaction.atomic
def remove_view(*, view_id: int, actor: User, now: datetime) -> SavedView:
    """Take an own view away; it can be brought back until it is purged.

    Raises
    ------
    NoListForYou, NotYourView
    """
    view = _own(view_id, actor)
    view.removed_at, view.is_default = now, False
    view.save(update_fields=["removed_at", "is_default"])
    record_fact(facts.ViewRemoved(view_id=view.pk), actor=actor, at=now)
    return view


@transaction.atomic
def restore_view(*, view_id: int, actor: User, now: datetime) -> SavedView:
    """Bring back an own view that was removed. One that is there stays as it is.

    Raises
    ------
    NoListForYou, NotYourView, ViewNameTaken
    """
    view = _own(view_id, actor, is_removed=True)
    if view.removed_at is None:
        return view
    view.name = _free_name(view.name, actor, but=view)
    view.removed_at = None
    view.save(update_fields=["removed_at"])
    record_fact(facts.ViewRestored(view_id=view.pk), actor=actor, at=now)
    return view


def purge_views(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete views that were removed, or whose owner left, before ``before``."""
    keys = list(queries.views_due(before).order_by("pk").values_list("pk", flat=True)[:limit])
    deleted, _tables = SavedView.objects.filter(pk__in=keys).delete()
    return Removed((("desk_savedview", deleted),) if deleted else ())


def _refuse_stranger(actor: User) -> None:
    if not policies.may_list_cases(standing_of(actor)):
        raise NoListForYou


def _own(view_id: int, actor: User, *, is_removed: bool = False) -> SavedView:
    _refuse_stranger(actor)
    mine = SavedView.objects.select_for_update(no_key=True).filter(owner=actor, pk=view_id)
    view = mine.first() if is_removed else mine.filter(removed_at__isnull=True).first()
    if view is None:
        raise NotYourView
    return view


def _free_name(name: str, actor: User, *, but: SavedView | None = None) -> str:
    kept = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise ViewNameMissing(limit=LONGEST_NAME)
    taken = queries.views_of(actor.pk).filter(name=kept)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise ViewNameTaken(name=kept)
    return kept
