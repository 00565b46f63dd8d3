"""Commands that make two records of one firm one, and that take this back.

Whatever points at the record that goes is found by Django's own description of the models, so that
a table that comes later is moved too. Where the record that stays has the same already (somebody
who speaks for both, a main site each), a rule of ``FOLDS`` says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_facts, write_words
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.credit_code import fault_of
from shuniu.zone.registry.models import Enterprise, Membership, Merge, Site
from shuniu.zone.registry.services.asking import NotForYou
from shuniu.zone.registry.services.words import index_enterprises

# Fields that the record that stays takes over where it says nothing; goods are added to its own.
TAKEN_WHERE_EMPTY = ("short_name", "industry_code", "employees", "address", "scope")
ADDED = ("products", "inputs")
MEMBERS_LEFT_OUT = "registry_membership"
MEMBERS_RAISED = "registry_membership.is_admin"
SITES_DEMOTED = "registry_site.is_main"
BATCH = 500

Keys = list[Any]


class SameRecord(Refusal):
    code = "registry.same_record"
    sentence = _("These are one and the same record. Please choose another one.")


class AlreadyMerged(Refusal):
    code = "registry.already_merged"
    status = 409
    sentence = _("%(name)s is merged into %(other)s already.")


class MergeReasonMissing(Refusal):
    code = "registry.merge_reason_missing"
    sentence = _(
        "Both credit codes are valid, and they differ: these may be two firms. Please say in 4 to"
        " 60 characters why they are one, without phone numbers."
    )


class AlreadyUndone(Refusal):
    code = "registry.already_undone"
    status = 409
    sentence = _("This merge is undone already.")


class LaterMergeFirst(Refusal):
    code = "registry.later_merge_first"
    status = 409
    sentence = _("%(gone)s was merged into %(kept)s after it. Please undo that first.")


@dataclass(slots=True)
class _Moving:
    """One merge on its way: from which record to which, and what was moved so far."""

    gone_id: int
    kept_id: int
    moved: dict[str, Keys] = field(default_factory=dict)

    def note(self, place: str, keys: Keys) -> None:
        if keys:
            self.moved.setdefault(place, []).extend(keys)


@transaction.atomic
def merge_enterprises(
    *, kept_id: int, gone_id: int, reason: str, actor: User, now: datetime
) -> Merge:
    """Let one record stand for two; everything that points at the other one is moved to it.

    The record that goes keeps its name and credit code, by which the other is found too.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    SameRecord
        If both are the same one.
    AlreadyMerged
        If one of them stands for itself no more.
    MergeReasonMissing
        If both credit codes are valid and nothing, or a phone number, is said about why.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    if kept_id == gone_id:
        raise SameRecord
    kept, gone = _locked(kept_id, gone_id)
    for row in (kept, gone):
        if row.merged_into is not None:
            raise AlreadyMerged(name=row.name, other=row.merged_into.name)
    reason = reason.strip()
    if (needs_reason(kept, gone) or reason) and not policies.is_reason_in_words(reason):
        raise MergeReasonMissing
    moving = _Moving(gone.pk, kept.pk)
    for link in links():
        _move(link, moving)
    taken_over = _take_over(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merge = Merge(
        kept=kept, gone=gone, moved=moving.moved, taken_over=taken_over, merged_by=actor,
        merged_at=now,
    )  # fmt: skip
    merge.save(force_insert=True)
    index_enterprises(enterprise_ids=[kept.pk, gone.pk])
    rows = queries.rows_moved(merge)
    took = facts.EnterpriseTookOver(
        enterprise_id=kept.pk, gone_id=gone.pk, merge_id=merge.pk, rows=rows
    )
    went = facts.EnterpriseMerged(enterprise_id=gone.pk, kept_id=kept.pk, merge_id=merge.pk)
    told = record_facts([(took, actor, now), (went, actor, now)], deliver=True)
    if reason:
        write_words(fact=told[0], text=reason, now=now)
    return merge


@transaction.atomic
def undo_merge(*, merge_id: int, actor: User, now: datetime) -> Merge:
    """Give back what was moved and is still there, and let both records stand for themselves.

    What was added to the record that stayed since then stays with it; a field that was taken over
    and has been changed since then stays as it is.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    AlreadyUndone
        If somebody was faster.
    LaterMergeFirst
        If one of the two was part of another merge after it.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    merge = Merge.objects.get(pk=merge_id)
    kept, gone = _locked(merge.kept_id, merge.gone_id)
    merge.refresh_from_db()
    if merge.undone_at is not None:
        raise AlreadyUndone
    if later := queries.later_merge(merge):
        raise LaterMergeFirst(kept=later.kept.name, gone=later.gone.name)
    rows = sum(_move_back(link, merge) for link in links())
    _unfold_members(merge)
    _unfold_sites(merge)
    _give_back(kept, merge.taken_over)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.undone_by, merge.undone_at = actor, now
    merge.save(update_fields=["undone_by", "undone_at"])
    index_enterprises(enterprise_ids=[kept.pk, gone.pk])
    gave = facts.EnterpriseGaveBack(
        enterprise_id=kept.pk, gone_id=gone.pk, merge_id=merge.pk, rows=rows
    )
    back = facts.EnterpriseSeparated(enterprise_id=gone.pk, kept_id=kept.pk, merge_id=merge.pk)
    record_facts([(gave, actor, now), (back, actor, now)], deliver=True)
    return merge


def needs_reason(kept: Enterprise, gone: Enterprise) -> bool:
    """Return whether two records look like two firms: each has a valid credit code of its own."""
    return fault_of(kept.credit_code) is None and fault_of(gone.credit_code) is None


def links() -> Iterator[models.ForeignKey[Any, Any]]:
    """Yield every column of every app that points at an enterprise.

    Merges themselves are left out: they tell what happened to the two records as they were.
    """
    for relation in Enterprise._meta.get_fields(include_hidden=True):  # noqa: SLF001  # Django's documented door
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Merge:
            yield relation.field


def _locked(one_id: int, other_id: int) -> tuple[Enterprise, Enterprise]:
    """Return two records, taken in one order by everybody."""
    locked = Enterprise.objects.select_for_update(no_key=True).order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[one_id, other_id])}
    return rows[one_id], rows[other_id]


def _move(link: models.ForeignKey[Any, Any], moving: _Moving) -> None:
    fold = FOLDS.get(link.model)
    if fold is not None:
        fold(moving)
    rows = link.model._base_manager.filter(**{link.attname: moving.gone_id})  # noqa: SLF001  # Django's documented door
    keys = sorted(rows.values_list("pk", flat=True))
    _point(link, keys, moving.gone_id, moving.kept_id)
    moving.note(_place(link), list(map(_plain, keys)))


def _move_back(link: models.ForeignKey[Any, Any], merge: Merge) -> int:
    return _point(link, merge.moved.get(_place(link), []), merge.kept_id, merge.gone_id)


def _point(link: models.ForeignKey[Any, Any], keys: Keys, old_id: int, new_id: int) -> int:
    """Let these rows point at another record; those that are gone or point elsewhere are left."""
    count = 0
    for first in range(0, len(keys), BATCH):
        rows = link.model._base_manager.filter(pk__in=keys[first : first + BATCH])  # noqa: SLF001  # Django's documented door
        count += rows.filter(**{link.attname: old_id}).update(**{link.attname: new_id})
    return count


def _place(link: models.ForeignKey[Any, Any]) -> str:
    return f"{link.model._meta.db_table}.{link.column}"  # noqa: SLF001  # Django's documented door


def _plain(key: object) -> Any:
    return key if isinstance(key, int) else str(key)


def _fold_members(moving: _Moving) -> None:
    """Let whoever speaks for both speak for one, with the higher of the two ranks."""
    there = {row.user_id: row for row in Membership.objects.filter(enterprise_id=moving.kept_id)}
    twice = Membership.objects.filter(enterprise_id=moving.gone_id, user_id__in=there)
    for row in twice.order_by("pk"):
        stays = there[row.user_id]
        if row.is_admin and not stays.is_admin:
            Membership.objects.filter(pk=stays.pk).update(is_admin=True)
            moving.note(MEMBERS_RAISED, [stays.pk])
        moving.note(MEMBERS_LEFT_OUT, [[row.pk, row.user_id, row.is_admin]])
    twice.delete()


def _unfold_members(merge: Merge) -> None:
    raised = Membership.objects.filter(pk__in=merge.moved.get(MEMBERS_RAISED, []))
    raised.filter(enterprise_id=merge.kept_id).update(is_admin=False)
    # Who speaks for the kept record no more lost this by somebody's word, for both.
    speak = set(
        Membership.objects.filter(enterprise_id=merge.kept_id).values_list("user_id", flat=True)
    )
    Membership.objects.bulk_create(
        Membership(pk=key, user_id=user_id, enterprise_id=merge.gone_id, is_admin=is_admin)
        for key, user_id, is_admin in merge.moved.get(MEMBERS_LEFT_OUT, [])
        if user_id in speak
    )


def _fold_sites(moving: _Moving) -> None:
    """Let one main site be the main one: that of the record that stays."""
    if Site.objects.filter(enterprise_id=moving.kept_id, is_main=True).exists():
        main = Site.objects.filter(enterprise_id=moving.gone_id, is_main=True)
        keys = list(main.values_list("pk", flat=True))
        main.update(is_main=False)
        moving.note(SITES_DEMOTED, keys)


def _unfold_sites(merge: Merge) -> None:
    """Give the main site of the record that went its rank again, if it is still there."""
    demoted = merge.moved.get(SITES_DEMOTED, [])
    back = Site.objects.filter(enterprise_id=merge.gone_id)
    if demoted and back.filter(pk__in=demoted).exists():
        back.update(is_main=False)
        back.filter(pk__in=demoted).update(is_main=True)


# What to do before the rows of a table are moved that may be there only once.
FOLDS: Mapping[type[models.Model], Callable[[_Moving], None]] = {
    Membership: _fold_members,
    Site: _fold_sites,
}


def _take_over(kept: Enterprise, gone: Enterprise) -> dict[str, list[Any]]:
    """Fill what the record that stays does not say; return each field as it was and is."""
    values: dict[str, Any] = {
        name: getattr(gone, name) for name in TAKEN_WHERE_EMPTY if getattr(kept, name) in {"", None}
    }
    for name in ADDED:
        values[name] = list(dict.fromkeys([*getattr(kept, name), *getattr(gone, name)]))
    if kept.is_above_scale is None or gone.is_above_scale:
        values["is_above_scale"] = gone.is_above_scale
    found = {}
    for name, value in values.items():
        if value != getattr(kept, name):
            found[name] = [getattr(kept, name), value]
            setattr(kept, name, value)
    kept.save(update_fields=[*found])
    return found


def _give_back(kept: Enterprise, taken_over: Mapping[str, list[Any]]) -> None:
    """Let fields say again what they said before, where nobody has changed them since."""
    same = [name for name, (_was, taken) in taken_over.items() if getattr(kept, name) == taken]
    for name in same:
        setattr(kept, name, taken_over[name][0])
    kept.save(update_fields=same)
