"""Who is told what of the register and of lists: these apps stand below the notices.

So it is told by background work that follows their facts, and once for each fact.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, STAFF_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.models import Fact
from shuniu.zone.notices.choices import NoticeKind
from shuniu.zone.notices.queries import people_with
from shuniu.zone.notices.services import Telling, tell_later
from shuniu.zone.portal import queries
from shuniu.zone.portal.models import ListExport

REGISTRATION = NoticeKind(
    "registry.registration",
    _("Somebody asks to be registered"),
    _("A registration waits for a decision."),
    "registry.registration",
    "registry:registration",
    "user-check",
    roles=frozenset({Role.CENTER_CLERK}),
)
WELCOME = NoticeKind(
    "registry.welcome",
    _("I was let in for an enterprise"),
    _("You can now speak for your enterprise here. Welcome."),
    "",
    "portal:home",
    "user-check",
    has_key=False,
    roles=ENTERPRISE_ROLES,
)
CORRECTION = NoticeKind(
    "registry.correction",
    _("An enterprise asks for a correction"),
    _("A correction of a record waits for a decision."),
    "registry.correction",
    "registry:correction",
    "edit",
    roles=frozenset({Role.CENTER_CLERK}),
)
CORRECTED = NoticeKind(
    "registry.corrected",
    _("A correction that I asked for was taken over"),
    _("The correction that you asked for was taken over."),
    "",
    "registry:own-enterprise",
    "edit",
    has_key=False,
    roles=frozenset({Role.ENTERPRISE_ADMIN}),
)
NOT_CORRECTED = NoticeKind(
    "registry.not_corrected",
    _("A correction that I asked for was not taken over"),
    _("The correction that you asked for was not taken over. The reason stands with your record."),
    "",
    "registry:own-enterprise",
    "edit",
    has_key=False,
    roles=frozenset({Role.ENTERPRISE_ADMIN}),
)
IMPORTED = NoticeKind(
    "kernel.imported",
    _("A list that I sent was written"),
    _("Your list was written: %(written)s rows written, %(left)s left out."),
    "kernel.import",
    "kernel:import",
    "upload",
    roles=frozenset({Role.CENTER_CLERK, Role.SYSTEM_ADMIN}),
)
EXPORTED = NoticeKind(
    "portal.exported",
    _("A list that I asked for as a file is ready"),
    _("Your file is ready: %(rows)s rows. It can be downloaded for seven days."),
    "portal.export",
    "portal:exports",
    "download",
    has_key=False,
    roles=STAFF_ROLES | ENTERPRISE_ROLES,
)
NOT_EXPORTED = NoticeKind(
    "portal.not_exported",
    _("A list that I asked for as a file could not be made"),
    _("Your file was not made: the list is no longer yours to see."),
    "portal.export",
    "portal:exports",
    "download",
    has_key=False,
    roles=STAFF_ROLES | ENTERPRISE_ROLES,
)
KINDS = (
    REGISTRATION, WELCOME, CORRECTION, CORRECTED, NOT_CORRECTED, IMPORTED, EXPORTED, NOT_EXPORTED,
)  # fmt: skip


def tell_of_registration(*, fact: Fact, actor: User | None, now: datetime) -> None:
    """Tell the clerks that somebody asks to be let in."""
    said = _said(fact, REGISTRATION, people_with([Role.CENTER_CLERK]), "registration_id")
    tell_later(tellings=said, actor=actor, now=now)


def tell_of_admission(*, fact: Fact, actor: User | None, now: datetime) -> None:
    """Tell somebody that they were let in."""
    said = _said(fact, WELCOME, frozenset({fact.data["user_id"]}))
    tell_later(tellings=said, actor=actor, now=now)


def tell_of_correction(*, fact: Fact, actor: User | None, now: datetime) -> None:
    """Tell the clerks what an enterprise wants corrected."""
    clerks = people_with([Role.CENTER_CLERK]) - {fact.actor_id or 0}
    tell_later(tellings=_said(fact, CORRECTION, clerks, "correction_id"), actor=actor, now=now)


def tell_of_decision(*, fact: Fact, is_taken_over: bool, actor: User | None, now: datetime) -> None:
    """Tell whoever asked for a correction what became of it; not a clerk who wrote it himself."""
    asker = queries.asker_of_correction(fact.data["correction_id"])
    to = frozenset() if asker in {None, fact.actor_id} else frozenset({asker or 0})
    kind = CORRECTED if is_taken_over else NOT_CORRECTED
    tell_later(tellings=_said(fact, kind, to), actor=actor, now=now)


def tell_of_import(*, fact: Fact, actor: User | None, now: datetime) -> None:
    """Tell whoever let a list be written that the worker is through with it."""
    to = frozenset() if fact.actor_id is None else frozenset({fact.actor_id})
    tell_later(tellings=_said(fact, IMPORTED, to, "import_id"), actor=actor, now=now)


def tell_of_export(
    *, export: ListExport, is_ready: bool, rows: int, actor: User | None, now: datetime
) -> None:
    """Tell whoever asked for a list as a file what became of it."""
    kind = EXPORTED if is_ready else NOT_EXPORTED
    values = {"rows": str(rows)}
    to, occasion = frozenset({export.asked_by_id}), f"export {export.pk}"
    said = [Telling(kind, str(export.pk), values, to, occasion)]
    tell_later(tellings=said, actor=actor, now=now)


def _said(fact: Fact, kind: NoticeKind, to: frozenset[int], key: str = "") -> list[Telling]:
    """Return what is said, if to anybody; ``key`` names the field of the fact that has the row."""
    if not to:
        return []
    values = {name: str(fact.data[name]) for name in ("written", "left") if name in fact.data}
    return [Telling(kind, str(fact.data[key]) if key else "", values, to, f"fact {fact.pk}")]
