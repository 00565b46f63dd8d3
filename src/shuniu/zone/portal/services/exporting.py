"""Long lists as files: asked for, made by background work, given out to whoever asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import files
from shuniu.zone.kernel.channels import csv_file, xlsx_file
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.portal import facts, policies, queries
from shuniu.zone.portal.choices import ExportState, FileForm
from shuniu.zone.portal.models import ListExport
from shuniu.zone.portal.services import telling
from shuniu.zone.portal.services.lists import LISTS, ExportedList
from shuniu.zone.registry.queries import Standing, standing_of

MOST_ROWS = 100_000
MOST_AT_ONCE = 3
ROWS_READ = 500
SEEN_READ = 5_000
STUCK_AFTER = timedelta(hours=1)
WRITERS = {FileForm.XLSX: xlsx_file, FileForm.CSV: csv_file}


class ListNotForYou(Refusal):
    code = "portal.list_not_for_you"
    status = 403
    sentence = _("This list is not yours to take out.")


class NothingToExport(Refusal):
    code = "portal.nothing_to_export"
    sentence = _("This list is empty: there is nothing to make a file of.")


class TooManyToExport(Refusal):
    code = "portal.too_many_to_export"
    sentence = _("The list has more than %(limit)s rows. Please narrow it by a filter first.")


class TooManyExports(Refusal):
    code = "portal.too_many_exports"
    status = 409
    sentence = _("%(limit)s files are being made for you. Please wait until one is ready.")


class ExportNotReady(Refusal):
    code = "portal.export_not_ready"
    status = 409
    sentence = _("This file is not ready, or not there any more. Please look again.")


class ExportOutdated(Refusal):
    code = "portal.export_outdated"
    status = 403
    sentence = _(
        "What you may see has changed since this file was made, so it is no longer given out."
        " Please ask for the list again."
    )


class _TakenOver(Exception):
    """Another worker has begun this work anew."""


@transaction.atomic
def ask_for_export(
    *, list_kind: str, form: FileForm, query: str, language: str, actor: User, now: datetime
) -> ListExport:
    """Let background work make a file of a list.

    ``query`` is that of the address of the list, ``language`` that of the file.

    Raises
    ------
    ListNotForYou
        If ``actor`` has no such list.
    NothingToExport, TooManyToExport
        If it is empty, or longer than a file should be.
    TooManyExports
        If several files are being made for ``actor`` already.
    """
    who = standing_of(actor)
    wanted = LISTS.get(list_kind)
    if wanted is None or not wanted.may(who):
        raise ListNotForYou
    begun = queries.exports_of(actor.pk).filter(asked_at__gt=now - STUCK_AFTER)
    if begun.filter(state__in=(ExportState.WAITING, ExportState.MAKING)).count() >= MOST_AT_ONCE:
        raise TooManyExports(limit=MOST_AT_ONCE)
    rows = wanted.wanted(who, query, now).order_by()[: MOST_ROWS + 1].count()
    if not rows:
        raise NothingToExport
    if rows > MOST_ROWS:
        raise TooManyToExport(limit=MOST_ROWS)
    export = ListExport(
        list_kind=wanted.code, form=form, query=query, language=language, rows=rows,
        asked_by=actor, asked_at=now,
    )  # fmt: skip
    export.save(force_insert=True)
    asked = facts.ExportAsked(export_id=str(export.pk), list_kind=wanted.code, form=form, rows=rows)
    record_fact(asked, actor=actor, at=now)
    return export


def make_export(*, export_id: UUID, now: datetime) -> None:
    """Make the file that somebody asked for, with the rights that this person has now.

    It may be begun anew, by the same worker or another: the one that began last goes on.
    """
    turn = uuid4()
    if not queries.exports_in_work(export_id).update(state=ExportState.MAKING, turn=turn, done=0):
        return
    export = ListExport.objects.select_related("asked_by").get(pk=export_id)
    who, wanted = standing_of(export.asked_by), LISTS[export.list_kind]
    if not wanted.may(who):
        _end(export, turn, now, state=ExportState.REFUSED)
        return
    keys = list(wanted.wanted(who, export.query, now).values_list("pk", flat=True)[:MOST_ROWS])
    ListExport.objects.filter(pk=export_id, turn=turn).update(rows=len(keys))
    written: list[int] = []
    try:
        with translation.override(export.language):
            table = wanted.table(_rows(export, wanted, keys, turn, written), export.language)
            content = WRITERS[FileForm(export.form)](table)
    except _TakenOver:
        return
    path = files.keep(content)
    is_kept = _end(
        export, turn, now, state=ExportState.READY, path=path, size_bytes=len(content),
        standing=digest_of(who), row_keys=",".join(map(str, written)), rows=len(written),
        done=len(written),
    )  # fmt: skip
    if not is_kept:
        files.remove([path])


def _rows(
    export: ListExport, wanted: ExportedList, keys: Sequence[int], turn: UUID, written: list[int]
) -> Iterator[Any]:
    """Yield the rows in their order, as they are visible when they are read; note which."""
    for start in range(0, len(keys), ROWS_READ):
        piece = keys[start : start + ROWS_READ]
        same = ListExport.objects.filter(pk=export.pk, turn=turn, state=ExportState.MAKING)
        if not same.update(done=start):
            raise _TakenOver
        who = standing_of(export.asked_by)
        found = {row.pk: row for row in wanted.visible(who).filter(pk__in=piece)}
        for key in piece:
            if key in found:
                written.append(key)
                yield found[key]


@transaction.atomic
def _end(
    export: ListExport, turn: UUID, now: datetime, *, state: ExportState, **values: Any
) -> bool:
    """Note what became of the work, and tell whoever asked; false if another has begun anew."""
    same = ListExport.objects.filter(pk=export.pk, turn=turn, state=ExportState.MAKING)
    if not same.update(state=state, ended_at=now, **values):
        return False
    rows = values.get("rows", 0)
    telling.tell_of_export(export=export, is_ready=bool(values), rows=rows, actor=None, now=now)
    return True


def digest_of(who: Standing) -> str:
    """Return what tells one standing from another, without saying what it is."""
    parts = [
        str(who.user_id),
        *(",".join(map(str, sorted(one))) for one in (who.roles, who.office_ids)),
        ",".join(map(str, sorted(who.enterprise_ids))),
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@transaction.atomic
def take_export(*, export_id: UUID, actor: User, now: datetime) -> ListExport:
    """Record that a file goes out to whoever asked for it, if all in it may still be seen.

    Raises
    ------
    ListNotForYou
        If ``actor`` did not ask for it, or has this list no more.
    ExportNotReady
        If it is not made yet, or could not be.
    ExportOutdated
        If the rights of ``actor`` are others by now, or a row may not be seen any more.
    """
    who = standing_of(actor)
    export = queries.exports_of(actor.pk).filter(pk=export_id).first()
    if export is None or not policies.may_export(who) or not LISTS[export.list_kind].may(who):
        raise ListNotForYou
    if not export.is_ready:
        raise ExportNotReady
    if export.standing != digest_of(who) or not _sees_all(who, export):
        raise ExportOutdated
    taken = facts.ExportTaken(
        export_id=str(export.pk), list_kind=export.list_kind, form=export.form, rows=export.rows
    )
    record_fact(taken, actor=actor, at=now)
    return export


def _sees_all(who: Standing, export: ListExport) -> bool:
    """Return whether every row of a file is still there for a person to see."""
    keys = [int(key) for key in export.row_keys.split(",") if key]
    visible = LISTS[export.list_kind].visible(who).order_by()
    return all(
        visible.filter(pk__in=keys[start : start + SEEN_READ]).count()
        == len(keys[start : start + SEEN_READ])
        for start in range(0, len(keys), SEEN_READ)
    )


def purge_exports(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete files of lists whose time is over, with what was asked for."""
    found = list(queries.exports_due(before).order_by("asked_at")[:limit])
    deleted, _tables = ListExport.objects.filter(pk__in=[one.pk for one in found]).delete()
    paths = tuple(one.path for one in found if one.path)
    return Removed((("portal_listexport", deleted),) if deleted else (), paths)
