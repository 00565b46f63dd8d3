"""Who is told what of a hang, and in which words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.hangs.models import Hang
from shuniu.zone.kernel.models import Fact
from shuniu.zone.notices.choices import NoticeKind
from shuniu.zone.notices.services import Telling, tell

UNIT = frozenset({Role.UNIT_HANDLER})
CENTER = frozenset({Role.CENTER_CLERK})
ABOVE = frozenset({Role.SUPERVISOR})


def _kind(
    code: str, label: Promise, sentence: Promise, icon: str, roles: frozenset[Role]
) -> NoticeKind:
    return NoticeKind(
        f"hangs.{code}", label, sentence, "hangs.hang", "hangs:hang", icon, roles=roles
    )


OPENED = _kind(
    "opened",
    _("A supervised item was opened for my unit"),
    _("Supervised item %(number)s was opened for %(unit)s."),
    "checklist",
    UNIT,
)
MOVED = _kind(
    "moved",
    _("The promised day of a supervised item was moved"),
    _("The promised day of supervised item %(number)s was moved."),
    "calendar-event",
    UNIT,
)
ASKED = _kind(
    "asked",
    _("A unit asks to strike off a supervised item"),
    _("%(unit)s asks to strike off %(number)s: please call back whether it is solved."),
    "phone",
    CENTER | ABOVE,
)
CALLED_BACK = _kind(
    "called_back",
    _("A supervised item waits to be struck off"),
    _("Supervised item %(number)s was called back as solved and waits to be struck off."),
    "user-check",
    ABOVE,
)
REOPENED = _kind(
    "reopened",
    _("A supervised item was not struck off"),
    _("Supervised item %(number)s was not struck off and is open again."),
    "history",
    UNIT,
)
STRUCK = _kind(
    "struck",
    _("A supervised item was struck off"),
    _("Supervised item %(number)s was struck off."),
    "circle-check",
    UNIT | ABOVE,
)
LATE = _kind(
    "late",
    _("The promised day of a supervised item has passed"),
    _("The promised day of supervised item %(number)s has passed."),
    "alert-triangle",
    UNIT | ABOVE,
)
REVIEW = _kind(
    "review",
    _("A supervised item is due for review"),
    _("Supervised item %(number)s is due for review: please set the next day."),
    "clock",
    ABOVE,
)
KINDS = (OPENED, MOVED, ASKED, CALLED_BACK, REOPENED, STRUCK, LATE, REVIEW)


def tell_of(
    kind: NoticeKind,
    hang: Hang,
    fact: Fact,
    to: Collection[int],
    *,
    actor: User | None,
    now: datetime,
) -> None:
    """Tell people what became of a hang, in the transaction in which it did."""
    telling = Telling(
        kind=kind,
        key=str(hang.pk),
        values={"number": hang.number, "unit_zh": hang.unit.zh, "unit_en": hang.unit.en},
        to=frozenset(to),
        occasion=f"fact {fact.pk}",
        office_id=hang.unit_id,
    )
    tell(tellings=[telling], actor=actor, now=now)
