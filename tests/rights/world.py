"""Three enterprises with a case each, one person of each role, and words that give a leak away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import TRANSITIONS, CaseState, NoteKind, Sensitivity, Step
from shuniu.zone.desk.models import Attachment, Case, Note
from shuniu.zone.kernel import clock, files
from shuniu.zone.kernel.models import Delivery, Fact
from shuniu.zone.registry.models import Contact, Enterprise
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    administrator,
    clerk,
    handler,
    leader,
    member_of,
    office,
    supervisor,
)
from tests.kernel.uploads import pdf

MISSING = 999_999_999
DAY = THURSDAY_10.date()


@dataclass(frozen=True, slots=True)
class Row:
    """An enterprise with a case, a file and a contact."""

    enterprise: Enterprise
    case: Case
    attachment: Attachment
    contact: Contact
    words: tuple[str, ...]
    """Words of the case that only those who may read it may see."""


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]
    rows: dict[str, Row]
    delivery: Delivery

    def canaries(self) -> dict[str, tuple[str, ...]]:
        """Return the words to look for, by whose they are."""
        found: dict[str, tuple[str, ...]] = {}
        for name, row in self.rows.items():
            found[name] = row.words
            found[f"{name} name"] = (row.enterprise.name, row.contact.name)
            found[f"{name} phone"] = (row.contact.phone,)
        return found


def make_world() -> World:
    """Return a world in the Haimen zone."""
    firm_a = EnterpriseFactory.create(name="海门甲鸢有限公司", short_name="甲鸢")
    people: dict[str, User] = {
        "firm": member_of(firm_a),
        "clerk": clerk(),
        "handler": handler("econ_bureau"),
        "superv": supervisor(),
        "leader": leader(),
        "admin": administrator(),
        "discip": handler("discipline_group"),
    }
    other = handler("planning_bureau")
    rows = {
        "own": _row("甲鸢", firm_a, "econ_bureau", people["handler"], "15400001111"),
        "foreign": _row(
            "乙鹭",
            EnterpriseFactory.create(name="海门乙鹭有限公司", short_name="乙鹭"),
            "planning_bureau",
            other,
            "15400002222",
        ),
        "restricted": _row(
            "丙鸮",
            EnterpriseFactory.create(name="海门丙鸮有限公司", short_name="丙鸮"),
            "discipline_group",
            people["discip"],
            "15400003333",
            sensitivity=Sensitivity.RESTRICTED,
        ),
    }
    fact = Fact.objects.create(
        kind="accounts.user.signed_in", subject="x", happened_at=THURSDAY_10, data={}
    )
    delivery = Delivery.objects.create(
        fact=fact, reaction="desk.jobs.read_case", state="DEAD", next_try_at=THURSDAY_10
    )
    return World(people, rows, delivery)


def _row(
    mark: str,
    enterprise: Enterprise,
    unit: str,
    worker: User,
    phone: str,
    *,
    sensitivity: Sensitivity = Sensitivity.NORMAL,
) -> Row:
    text, place, note, file = f"{mark}诉求", f"{mark}地点", f"{mark}办理", f"{mark}附件"
    case = CaseFactory.create(
        enterprise=enterprise,
        text=text,
        location_note=place,
        sensitivity=sensitivity,
        state=CaseState.IN_PROGRESS,
        lead_unit=office(unit),
        handler=worker,
        accepted_at=THURSDAY_10,
        dispatched_at=THURSDAY_10,
        urgency="high",
        category="municipal",
    )
    written = Note.objects.create(
        case=case, kind=NoteKind.PROGRESS, text=note, author=worker, written_at=THURSDAY_10
    )
    Fact.objects.create(
        kind="desk.case.progressed",
        subject=f"desk.case:{case.pk}",
        happened_at=THURSDAY_10,
        actor=worker,
        data={"case_id": case.pk, "note_id": written.pk},
    )
    stored = files.store(SimpleUploadedFile(f"{file}.pdf", pdf()), max_bytes=10_000)
    attachment = Attachment.objects.create(
        case=case,
        name=stored.name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        path=stored.path,
        added_by=worker,
        added_at=THURSDAY_10,
    )
    contact = ContactFactory.create(enterprise=enterprise, name=f"{mark}联系人", phone=phone)
    return Row(enterprise, case, attachment, contact, (text, place, note, file))


def prepare(row: Row, kind: str, step: Step) -> None:
    """Bring the case of a row into a state in which the step is possible."""
    first = {
        Step.DISPATCH: CaseState.REOPENED if kind == "reopened" else CaseState.ACCEPTED,
        Step.RETURN: CaseState.SIGNED,
        Step.WITHDRAW: CaseState.SUBMITTED,
        Step.ADD: CaseState.SUBMITTED,
    }
    state = first.get(step) or min(TRANSITIONS[step][0])
    is_signed = state in {CaseState.SIGNED, CaseState.IN_PROGRESS}
    Case.objects.filter(pk=row.case.pk).update(
        state=state,
        handler=row.case.handler if is_signed else None,
        dispatched_at=clock.now(),
        replied_at=THURSDAY_10 if state == CaseState.REPLIED else None,
    )


def fields_of(step: Step, kind: str) -> dict[str, object]:
    """Return what a form of this step needs for a row of this kind."""
    other = office("emergency_bureau").pk
    unit = office("discipline_group").pk if kind == "restricted" else other
    by_step: dict[Step, dict[str, object]] = {
        Step.ACCEPT: {"category": "municipal", "urgency": "normal"},
        Step.DISPATCH: {"unit": unit},
        Step.PLAN: {"text": "先查线路", "planned_on": DAY + timedelta(days=400)},
        Step.RETURN: {"text": "不归我们管", "suggested_unit": other},
        Step.CONFIRM: {"solved": "yes", "rating": "5"},
    }
    return by_step.get(step, {"text": "路灯还没有修好"})
