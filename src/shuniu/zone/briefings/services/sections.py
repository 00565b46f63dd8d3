"""The sections that other apps than the desk fill: supervised items, and their own numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shuniu.zone.briefings import queries
from shuniu.zone.briefings.channels import (
    AgeLine,
    HangItem,
    HangSheet,
    InstructionLine,
    Number,
    OperationLine,
)
from shuniu.zone.briefings.models import Instruction
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.queries import Days
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.hangs import services as hang_services
from shuniu.zone.hangs.choices import HangState, SourceKind
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import Figure
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.queries import DayNumbers

LONGEST_PROMISE = 60


def hang_sheet(days: Days, *, language: str) -> HangSheet:
    """Return the supervised items of some days, in the language that is active."""
    found = hangs.day_summary(hang_services.days_of(days.last), first=days.first)
    wrapped = {hang.pk: case_of(hang) for hang in found.red}
    known = desk.cases_told([key for key in wrapped.values() if key])
    return HangSheet(
        opened=_number(found.opened),
        struck=_number(found.struck),
        opened_in_week=_number(found.opened_in_week),
        struck_in_week=_number(found.struck_in_week),
        open=_number(found.open),
        late=_number(found.late),
        ages=tuple(AgeLine(str(age.label), _number(figure)) for age, figure in found.ages.items()),
        told=tuple(_item(hang, wrapped[hang.pk], known, days.last, language) for hang in found.red),
    )


def case_of(hang: Hang) -> int:
    """Return the key of the case that a hang wraps, 0 if it wraps none."""
    return int(hang.source_key) if hang.source_kind == SourceKind.CASE else 0


def may_be_told(case_id: int, known: dict[int, tuple[str, bool]]) -> bool:
    """Return whether the promise over a case may be read by everybody who gets the paper."""
    return not case_id or known.get(case_id, ("", True))[0] == Sensitivity.NORMAL


def operations(days: Days) -> tuple[OperationLine, ...]:
    """Return what each app counted on some days, in the language that is active."""
    summaries: tuple[Callable[[date, date], DayNumbers], ...] = import_string(
        settings.DAY_SUMMARIES
    )
    return tuple(
        OperationLine(str(told.label), str(label), value)
        for told in (summary(days.first, days.last) for summary in summaries)
        for label, value in told.numbers
    )


def _number(figure: Figure) -> Number:
    return Number(figure.count, figure.wanted.query, "hangs:list")


def _item(
    hang: Hang, case_id: int, known: dict[int, tuple[str, bool]], day: date, language: str
) -> HangItem:
    light = hang_services.light_of(hang, day)
    words = " ".join(hang.promise.split())
    if not may_be_told(case_id, known):
        words = _("The words are kept confidential.")
    return HangItem(
        hang_id=hang.pk,
        number=hang.number,
        promise=words[:LONGEST_PROMISE] + ("…" if len(words) > LONGEST_PROMISE else ""),
        unit=hang.unit.zh if language.startswith("zh") else hang.unit.en,
        promised_on=hang.promised_on,
        light=light.value,
        light_words=str(light.label),
        case_id=case_id,
    )


def instructions(days: Days, *, language: str) -> tuple[InstructionLine, ...]:
    """Return what leaders wrote on earlier issues, in the language that is active."""
    found = queries.instructions_told(days.first, days.last)
    known = desk.cases_told([row.case_id for row in found if row.case_id]) if found else {}
    return tuple(_instruction(row, known, days.last, language) for row in found)


def _instruction(
    row: Instruction, known: dict[int, tuple[str, bool]], day: date, language: str
) -> InstructionLine:
    hang = row.hang
    words = " ".join(row.words.split())
    if not may_be_told(row.case_id, known):
        words = _("The words are kept confidential.")
    is_struck = hang.struck_at is not None and day_of(hang.struck_at) <= day
    light = hang_services.light_of(hang, day)
    return InstructionLine(
        hang_id=hang.pk,
        number=hang.number,
        issue=row.issue.number_words,
        leader=row.given_by.name,
        words=words[:LONGEST_PROMISE] + ("…" if len(words) > LONGEST_PROMISE else ""),
        unit=hang.unit.zh if language.startswith("zh") else hang.unit.en,
        promised_on=hang.promised_on,
        state_words=str(HangState.STRUCK.label if is_struck else light.label),
        case_id=row.case_id,
    )
