"""Reminders, lists that go out as a file, and what is deleted when its time is over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import facts, policies, problems, queries
from shuniu.zone.hangs.choices import PURGED_TEXT
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.hangs.queries import HangFilter
from shuniu.zone.hangs.services import telling
from shuniu.zone.hangs.services.opening import NotForYou
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of, zone_language

MOST_EXPORTED = 20_000
MOST_REMINDED = 500


class TooManyToExport(Refusal):
    code = "hangs.too_many_to_export"
    sentence = _("The list has more than %(limit)s rows. Please narrow it by a filter first.")


def remind(*, actor: User | None, now: datetime) -> int:
    """Remind of promised days that passed and of reviews that came, once each; return how many."""
    today = day_of(now)
    keys = list(queries.hangs_to_remind(today).values_list("pk", flat=True)[:MOST_REMINDED])
    return sum(_remind(key, today, actor=actor, now=now) for key in keys)


@transaction.atomic
def _remind(hang_id: int, today: date, *, actor: User | None, now: datetime) -> bool:
    waiting = queries.hangs_to_remind(today).filter(pk=hang_id)
    hang = waiting.select_for_update(of=("self",), no_key=True).select_related("unit").first()
    if hang is None:
        return False
    is_late = hang.promised_on < today and hang.late_told_for != hang.promised_on
    is_review = hang.review_on <= today and hang.review_told_for != hang.review_on
    as_it_was = Hang.objects.filter(
        Q(pk=hang.pk, promised_on=hang.promised_on, review_on=hang.review_on),
        late_told_for=hang.late_told_for,
        review_told_for=hang.review_told_for,
    )
    changed = as_it_was.update(
        late_told_for=hang.promised_on if is_late else hang.late_told_for,
        review_told_for=hang.review_on if is_review else hang.review_told_for,
    )
    if not changed:
        return False
    reminded = facts.HangReminded(hang_id=hang.pk, is_late=is_late, is_review=is_review)
    told = record_fact(reminded, actor=actor, at=now)
    if is_late:
        people = {hang.responsible_id, hang.supervisor_id}
        telling.tell_of(telling.LATE, hang, told, people, actor=actor, now=now)
    if is_review:
        telling.tell_of(telling.REVIEW, hang, told, {hang.supervisor_id}, actor=actor, now=now)
    return True


@transaction.atomic
def export_hangs(*, wanted: HangFilter, actor: User, now: datetime) -> list[Hang]:
    """Return the hangs of a list for a file, and record that they went out.

    Raises
    ------
    NotForYou
        If ``actor`` has no list of hangs.
    TooManyToExport
        If there are more than a file should hold.
    """
    who = standing_of(actor)
    if not policies.may_list(who):
        raise NotForYou
    days = problems.days_of(wanted.open_on or day_of(now))
    rows = list(queries.filtered_hangs(who, wanted, days)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        raise TooManyToExport(limit=MOST_EXPORTED)
    record_fact(facts.HangsExported(rows=len(rows)), actor=actor, at=now)
    return rows


def purge_hangs(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Replace the words of hangs that were struck off before ``before``, and give up their files.

    Rows, moments and states stay, so that every figure is what it was.
    """
    keys = list(queries.hangs_due(before).order_by("pk").values_list("pk", flat=True)[:limit])
    if not keys:
        return Removed()
    with translation.override(zone_language()):
        mark = str(PURGED_TEXT)
    hangs = Hang.objects.filter(pk__in=keys).update(promise=mark, source_title=mark, purged_at=now)
    words = Evidence.objects.filter(hang_id__in=keys).update(text=mark)
    files = EvidenceFile.objects.filter(evidence__hang_id__in=keys).exclude(path="")
    paths = tuple(files.values_list("path", flat=True))
    emptied = files.update(name=mark, path="", sha256="")
    counts = {"hangs_hang": hangs, "hangs_evidence": words, "hangs_evidencefile": emptied}
    return Removed(tuple((name, n) for name, n in counts.items() if n), paths)
