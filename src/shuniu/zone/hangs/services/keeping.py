"""Fetching a hang to work on, judging words and days, and writing what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import policies
from shuniu.zone.hangs.choices import TRANSITIONS, EvidenceKind, HangState, Step
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.kernel import files
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.queries import profile_in_force, standing_of

MOST_CHARACTERS = 2_000
KEPT_CONTROLS = "\n\t\u200d"  # the last one joins emoji
LAST_YEAR = 2999


class NotYourHang(Refusal):
    code = "hangs.not_your_hang"
    status = 403
    sentence = _(
        "This step of %(hang)s is somebody else's to take. Striking off needs the unit, a call-back"
        " and a supervisor: three people, two of them from outside the unit."
    )


class NotPossibleNow(Refusal):
    code = "hangs.not_possible_now"
    status = 409
    sentence = _(
        "%(who)s was faster: %(hang)s is now “%(state)s”, so this step is not possible. Nothing was"
        " changed; open it again to see what was done."
    )


class WordsMissing(Refusal):
    code = "hangs.words_missing"
    sentence = _("Please write something first; an empty text proves nothing.")


class TooManyWords(Refusal):
    code = "hangs.too_many_words"
    sentence = _("The text has %(length)s characters; at most %(limit)s fit.")


class TooManyFiles(Refusal):
    code = "hangs.too_many_files"
    sentence = _("At most %(limit)s files can be added at once.")


class DayNotPossible(Refusal):
    code = "hangs.day_not_possible"
    sentence = _("%(day)s has passed already. Please choose today or a later day.")


def fetch(hang_id: int, step: Step, actor: User) -> Hang:
    """Lock a hang for a step of ``actor``.

    Raises
    ------
    NotYourHang
        If the step is somebody else's.
    NotPossibleNow
        If the state does not allow it (any more).
    """
    hang = (
        Hang.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "responsible", "supervisor")
        .get(pk=hang_id)
    )
    if not policies.MAY[step](standing_of(actor), hang):
        raise NotYourHang(hang=hang.number)
    if HangState(hang.state) not in TRANSITIONS[step][0]:
        raise not_possible_now(hang)
    return hang


def change(hang: Hang, step: Step, *, now: datetime, **values: object) -> Hang:
    """Write the columns that a step changes, if nobody was faster.

    Raises
    ------
    NotPossibleNow
        If the hang has left the states that the step is possible in, or came back to them.
    """
    as_it_was = Hang.objects.filter(
        pk=hang.pk, state__in=sorted(TRANSITIONS[step][0]), round=hang.round, moves=hang.moves
    )
    if not as_it_was.update(updated_at=now, **values):
        hang.refresh_from_db(fields=["state"])
        raise not_possible_now(hang)
    hang.refresh_from_db()
    return hang


def not_possible_now(hang: Hang) -> NotPossibleNow:
    """Return the refusal that names who was faster."""
    last = (
        Fact.objects.filter(subject=f"hangs.hang:{hang.pk}", actor__isnull=False)
        .select_related("actor")
        .order_by("pk")
        .last()
    )
    who = str(last.actor) if last else _("The system")
    return NotPossibleNow(hang=hang.number, state=HangState(hang.state).label, who=who)


def clean_words(text: str, *, required: bool = True) -> str:
    """Return the text without control characters and outer blanks.

    Raises
    ------
    WordsMissing
        If nothing is left although something is needed.
    TooManyWords
        If it is longer than ``MOST_CHARACTERS``.
    """
    kept = "".join(
        c for c in text.replace("\r\n", "\n") if c.isprintable() or c in KEPT_CONTROLS
    ).strip()
    if required and not any(c.isalnum() for c in kept):
        raise WordsMissing
    if len(kept) > MOST_CHARACTERS:
        raise TooManyWords(length=len(kept), limit=MOST_CHARACTERS)
    return kept


def coming_day(day: date, now: datetime) -> date:
    """Return a day that something is promised or reviewed on.

    Raises
    ------
    DayNotPossible
        If it has passed, or lies beyond the calendar.
    """
    if day < day_of(now) or day.year > LAST_YEAR:
        raise DayNotPossible(day=day.isoformat())
    return day


def write_evidence(
    hang: Hang,
    kind: EvidenceKind,
    text: str,
    *,
    uploads: Sequence[UploadedFile[bytes]] = (),
    actor: User,
    now: datetime,
) -> Evidence:
    """Keep words and files of a step.

    Raises
    ------
    TooManyFiles
        If there are more than the zone takes at once, or one of them cannot be taken.
    """
    limits = profile_in_force().profile.attachments
    if len(uploads) > limits.max_count:
        raise TooManyFiles(limit=limits.max_count)
    evidence = Evidence.objects.create(
        hang=hang, kind=kind, text=text, author=actor, written_at=now
    )
    for upload in uploads:
        stored = files.store(upload, max_bytes=limits.max_bytes, types=limits.types)
        EvidenceFile.objects.create(
            evidence=evidence,
            name=stored.name,
            content_type=stored.content_type,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            path=stored.path,
        )
    return evidence
