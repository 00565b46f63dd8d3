"""Commands on lists that people send: taking one in, its columns, letting it be written or not."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel import files
from shuniu.zone.kernel.facts import (
    ImportCheckAsked,
    ImportColumnsReopened,
    ImportConfirmed,
    ImportDropped,
    ImportFileTaken,
    ImportMarksAsked,
    ImportReceived,
    ImportUndoAsked,
)
from shuniu.zone.kernel.importing.kinds import ListKind, list_kind
from shuniu.zone.kernel.importing.layout import headings, known_headings, plain_heading
from shuniu.zone.kernel.importing.reading import MAX_BYTES, Unreadable, kind_of
from shuniu.zone.kernel.importing.wording import problem_words
from shuniu.zone.kernel.models import (
    ImportHeading,
    ImportOutcome,
    ImportRun,
    ImportState,
    Marking,
)
from shuniu.zone.kernel.queries import layout_of, remembered, sheets_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services.writing import record_fact

BEFORE_WRITING = (ImportState.COLUMNS, ImportState.READY, ImportState.CHECKING)

KNOWN_AT_LEAST = 2
"""Headings that must be known before others beside them are remembered."""
LONG_NUMBER = re.compile(r"\d{5}")


class ImportNotForYou(Refusal):
    code = "kernel.import_not_for_you"
    status = 403
    sentence = _("Your role does not include importing this list.")


class ListNotReadable(Refusal):
    code = "kernel.list_not_readable"
    sentence = "%(reason)s"


class ColumnsMissing(Refusal):
    code = "kernel.import_columns_missing"
    sentence = _("Say in which column this stands: %(fields)s.")


class ColumnTwice(Refusal):
    code = "kernel.import_column_twice"
    sentence = _("One column cannot be two things: %(heading)s.")


class ChoiceMissing(Refusal):
    code = "kernel.import_choice_missing"
    sentence = _("Please choose: %(label)s")


class ImportMovedOn(Refusal):
    code = "kernel.import_moved_on"
    status = 409
    sentence = _("This import has moved on meanwhile. Nothing was changed; look at it again.")


class NothingToWrite(Refusal):
    code = "kernel.import_nothing_to_write"
    sentence = _("No row of this list is new or changed: there is nothing to write.")


@transaction.atomic
def receive_list(
    *,
    kind: str,
    name: str,
    content: bytes,
    is_pasted: bool,
    language: str,
    actor: AbstractBaseUser,
    now: datetime,
) -> ImportRun:
    """Take in a list; it is judged by its content and read by the worker.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import it.
    files.FileTooLarge, ListNotReadable
        If the file cannot be taken.
    """
    wanted = _kind_for(kind, actor)
    shown = files.shown_name(name)
    if len(content) > MAX_BYTES:
        raise files.FileTooLarge(name=shown, limit_mb=MAX_BYTES // 1_000_000)
    try:
        file_type = kind_of(content)
    except Unreadable as problem:
        raise ListNotReadable(reason=problem_words(problem.code)) from None
    run = ImportRun(
        kind=wanted.code,
        name=shown,
        is_pasted=is_pasted,
        file_type=file_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=files.keep(content),
        language=language,
        made_by_id=actor.pk,
        made_at=now,
    )
    run.save(force_insert=True)
    received = ImportReceived(import_id=str(run.pk), list_kind=run.kind)
    record_fact(received, actor=actor, at=now)
    return run


@transaction.atomic
def set_columns(
    *,
    import_id: UUID,
    sheet: int,
    head: int,
    depth: int,
    columns: Mapping[str, int],
    options: Mapping[str, str],
    actor: AbstractBaseUser,
    now: datetime,
) -> ImportRun:
    """Say which column is which field, and let the rows be checked.

    ``columns`` gives the column of a field, from 0; ``head`` is -1 where there are no headings.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import this list.
    ImportMovedOn
        If it is being written already, or over.
    ColumnsMissing, ColumnTwice, ChoiceMissing
        If the choice cannot be used.
    """
    run = _held(import_id)
    kind = _kind_for(run.kind, actor)
    if run.state not in BEFORE_WRITING:
        raise ImportMovedOn
    sheets = sheets_of(run)
    if not 0 <= sheet < len(sheets) or sheets[sheet].problem:
        raise ImportMovedOn
    heads = headings(sheets[sheet], head, depth)
    places = {key: place for key, place in columns.items() if 0 <= place < len(heads)}
    _check_columns(kind, places, heads)
    chosen = _options(kind, places, options)
    order = [""] * len(heads)
    for key, place in places.items():
        order[place] = key
    run.layout = {"sheet": sheet, "head": head, "depth": depth, "columns": order}
    run.options = chosen
    run.version += 1
    run.state, run.marking, run.marked_path = ImportState.CHECKING, Marking.NONE, ""
    run.save(update_fields=["layout", "options", "version", "state", "marking", "marked_path"])
    asked = ImportCheckAsked(import_id=str(run.pk), version=run.version)
    record_fact(asked, actor=actor, at=now)
    return run


def _check_columns(kind: ListKind, places: Mapping[str, int], heads: Sequence[str]) -> None:
    missing = [str(one.label) for one in kind.fields if one.is_required and one.key not in places]
    if missing:
        raise ColumnsMissing(fields="、".join(missing))
    taken = list(places.values())
    twice = [place for place in taken if taken.count(place) > 1]
    if twice:
        raise ColumnTwice(heading=heads[twice[0]] or str(twice[0] + 1))


def _options(kind: ListKind, places: Mapping[str, int], given: Mapping[str, str]) -> dict[str, str]:
    chosen = {}
    for one in kind.options_for(tuple(places)):
        value = given.get(one.key, "")
        if value not in dict(one.choices):
            raise ChoiceMissing(label=one.label)
        chosen[one.key] = value
    return chosen


@transaction.atomic
def choose_columns_again(*, import_id: UUID, actor: AbstractBaseUser, now: datetime) -> ImportRun:
    """Go back to the columns of a list that was checked.

    Raises
    ------
    ImportNotForYou, ImportMovedOn
        If ``actor`` may not, or it is too late.
    """
    run = _held(import_id)
    _kind_for(run.kind, actor)
    if run.state not in BEFORE_WRITING:
        raise ImportMovedOn
    run.state, run.marking, run.marked_path = ImportState.COLUMNS, Marking.NONE, ""
    run.save(update_fields=["state", "marking", "marked_path"])
    record_fact(ImportColumnsReopened(import_id=str(run.pk)), actor=actor, at=now)
    return run


@transaction.atomic
def confirm_import(
    *, import_id: UUID, version: int, actor: AbstractBaseUser, now: datetime
) -> ImportRun:
    """Let what was shown be written; of two who confirm at once, one does.

    ``version`` is that of the check that the person saw.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import this list.
    ImportMovedOn
        If another check was made, or somebody was faster.
    NothingToWrite
        If no row is new or changed.
    """
    run = ImportRun.objects.get(pk=import_id)
    _kind_for(run.kind, actor)
    to_write = run.counts.get("NEW", 0) + run.counts.get("CHANGED", 0)
    moved = ImportRun.objects.filter(pk=import_id, state=ImportState.READY, version=version)
    if not to_write and moved.exists():
        raise NothingToWrite
    if not moved.update(
        state=ImportState.WRITING, confirmed_by_id=actor.pk, confirmed_at=now,
        marking=Marking.NONE, marked_path="",
    ):  # fmt: skip
        raise ImportMovedOn
    _remember(run, now)
    confirmed = ImportConfirmed(import_id=str(run.pk), list_kind=run.kind, rows=to_write)
    record_fact(confirmed, actor=actor, at=now)
    run.refresh_from_db()
    return run


def _remember(run: ImportRun, now: datetime) -> None:
    """Keep which heading stood for which field, for the next list of this kind.

    What stood for nothing is not kept, nor what holds a number. Nothing is kept of a row of which
    fewer than two headings are known: it may be a row of values taken for headings.
    """
    layout = layout_of(run)
    heads = headings(sheets_of(run)[layout.sheet], layout.head, layout.depth)
    kind = list_kind(run.kind)
    if known_headings(heads, kind, remembered(kind)) < KNOWN_AT_LEAST:
        return
    meant = {
        plain_heading(heading)[:200]: key
        for heading, key in zip(heads, layout.columns, strict=False)
        if key and plain_heading(heading) and not LONG_NUMBER.search(heading)
    }
    ImportHeading.objects.bulk_create(
        [
            ImportHeading(kind=run.kind, heading=heading, field=key, used_at=now)
            for heading, key in meant.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "heading"],
        update_fields=["field", "used_at"],
    )


@transaction.atomic
def drop_import(*, import_id: UUID, actor: AbstractBaseUser, now: datetime) -> ImportRun:
    """Give up a list before anything was written.

    Raises
    ------
    ImportNotForYou, ImportMovedOn
        If ``actor`` may not, or it is too late.
    """
    run = _held(import_id)
    _kind_for(run.kind, actor)
    if run.state not in {ImportState.RECEIVED, *BEFORE_WRITING}:
        raise ImportMovedOn
    run.state, run.ended_at = ImportState.DROPPED, now
    run.save(update_fields=["state", "ended_at"])
    record_fact(ImportDropped(import_id=str(run.pk)), actor=actor, at=now)
    return run


@transaction.atomic
def ask_for_undo(*, import_id: UUID, actor: AbstractBaseUser, now: datetime) -> ImportRun:
    """Let everything that an import wrote be taken back, where nobody else touched it since.

    It may be asked for again: then what stayed the last time is tried once more.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import this list.
    ImportMovedOn
        If nothing of it is left to undo, or it is too old: what was before is deleted by now.
    """
    run = _held(import_id)
    _kind_for(run.kind, actor)
    if not run.is_over or not run.to_undo:
        raise ImportMovedOn
    run.traces.filter(outcome=ImportOutcome.KEPT).update(outcome=ImportOutcome.WRITTEN)
    run.state, run.undone_by_id = ImportState.UNDOING, actor.pk
    run.marking, run.marked_path = Marking.NONE, ""
    run.save(update_fields=["state", "undone_by", "marking", "marked_path"])
    record_fact(ImportUndoAsked(import_id=str(run.pk)), actor=actor, at=now)
    return run


@transaction.atomic
def ask_for_marks(
    *, import_id: UUID, language: str, actor: AbstractBaseUser, now: datetime
) -> ImportRun:
    """Let the list be made anew as a workbook with its faults marked, in a language.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import this list.
    ImportMovedOn
        If it is not checked yet, or too old: its rows are deleted by now.
    """
    run = _held(import_id)
    _kind_for(run.kind, actor)
    if not run.path or not (run.is_ready or run.is_over):
        raise ImportMovedOn
    if run.marking == Marking.ASKED:
        return run
    run.marking, run.marked_path = Marking.ASKED, ""
    run.save(update_fields=["marking", "marked_path"])
    asked = ImportMarksAsked(import_id=str(run.pk), language=language)
    record_fact(asked, actor=actor, at=now)
    return run


@transaction.atomic
def take_marked_file(*, import_id: UUID, actor: AbstractBaseUser, now: datetime) -> ImportRun:
    """Record that the list with its marks goes out as a file.

    Raises
    ------
    ImportNotForYou
        If ``actor`` may not import this list.
    ImportMovedOn
        If the file was not made, or its rows are others by now.
    """
    run = ImportRun.objects.get(pk=import_id)
    _kind_for(run.kind, actor)
    if not run.is_marked:
        raise ImportMovedOn
    record_fact(ImportFileTaken(import_id=str(import_id)), actor=actor, at=now)
    return run


def _held(import_id: UUID) -> ImportRun:
    return ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)


def _kind_for(code: str, actor: AbstractBaseUser) -> ListKind:
    try:
        kind = list_kind(code)
    except KeyError:
        raise ImportNotForYou from None
    if not kind.may(actor):
        raise ImportNotForYou
    return kind


def glimpse_text(sheets: Sequence[Mapping[str, object]]) -> str:
    """Return the first rows of sheets as they are kept."""
    return json.dumps(sheets, ensure_ascii=False, separators=(",", ":"))
