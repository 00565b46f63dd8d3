"""An urging in the world of the rights: one that waits, or none, as a step needs it."""

from __future__ import annotations

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import NoteKind, Step
from shuniu.zone.desk.models import Case, Note, Urging
from tests.factories import THURSDAY_10


def urging_of(case: Case, by: User) -> Urging:
    """Return an urging that waits for the unit of a case; the case itself is not marked."""
    words = Note.objects.create(
        case=case, kind=NoteKind.URGING, text="请说明办理情况", author=by, written_at=THURSDAY_10,
        is_public=False,
    )  # fmt: skip
    assert case.lead_unit is not None
    last = Urging.objects.order_by("serial").last()
    urging: Urging = Urging.objects.create(
        case=case, unit=case.lead_unit, year=2026, serial=(last.serial if last else 900) + 1,
        until=THURSDAY_10.date(), words=words, urged_by=by, urged_at=THURSDAY_10,
    )  # fmt: skip
    return urging


def prepare_urging(case: Case, by: User, step: Step) -> None:
    """Let no urging of a case wait before it is urged, and one before it is answered."""
    if step == Step.URGE:
        Urging.objects.filter(case=case).delete()
    elif step == Step.RESPOND and not case.urgings.exists():
        urging_of(case, by)
