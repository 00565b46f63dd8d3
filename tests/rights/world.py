"""Three enterprises with a case each, one person of each role, and words that give a leak away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.zone.accounts import facts as accounts
from shuniu.zone.accounts.models import DataRequest, User
from shuniu.zone.briefings.models import Issue
from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import (
    OVER,
    PAUSED,
    TRANSITIONS,
    CaseState,
    NoteKind,
    Sensitivity,
    Step,
)
from shuniu.zone.desk.models import Attachment, Case, CaseRequest, Note, SavedView, Urging
from shuniu.zone.desk.policies import DECIDES
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.hangs.choices import TRANSITIONS as HANG_TRANSITIONS
from shuniu.zone.hangs.choices import HangState
from shuniu.zone.hangs.choices import Step as HangStep
from shuniu.zone.hangs.models import EvidenceFile, Hang
from shuniu.zone.kernel import clock, files
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.models import Delivery, Fact, ImportRun, PurgeCertificate
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.notices.models import Outgoing, Outlet
from shuniu.zone.portal.models import DataIncident, ListExport
from shuniu.zone.registry.models import (
    Contact,
    Correction,
    Enterprise,
    Membership,
    Merge,
    Place,
    PlaceFile,
    Registration,
    Site,
)
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    administrator,
    audit_admin,
    carrier,
    clerk,
    discipline_reader,
    enterprise_admin,
    escort,
    handler,
    investor,
    leader,
    member_of,
    office,
    provider,
    security_admin,
    service_officer,
    supervisor,
)
from tests.kernel.uploads import pdf
from tests.rights.hall_rows import HallRows, make_hall
from tests.rights.things import (
    make_hang,
    make_import,
    make_incident,
    make_issue,
    make_list_export,
    make_merge,
    make_place,
    make_place_file,
    make_registration,
    make_robot,
    make_site,
    make_undelivered,
    make_word,
    tell_people,
)
from tests.rights.urging import prepare_urging, urging_of

MISSING = 999_999_999
NO_ID = UUID(int=7)
DAY = THURSDAY_10.date()


@dataclass(frozen=True, slots=True)
class Row:
    """An enterprise with a case, a file, a contact and a person, and a member of staff.

    ``words`` are those of the case that only those who may read it may see; ``staff_words`` those
    that its enterprise may not see either.
    """

    enterprise: Enterprise
    case: Case
    attachment: Attachment
    contact: Contact
    membership: Membership
    correction: Correction
    site: Site
    hang: Hang
    hang_file: EvidenceFile
    worker: User
    words: tuple[str, ...]
    staff_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is asked for; ``registration`` is of somebody who is not let in yet."""

    people: dict[str, User]
    rows: dict[str, Row]
    delivery: Delivery
    fact: Fact
    registration: Registration
    incident: DataIncident
    certificate: PurgeCertificate
    request: DataRequest
    merge: Merge
    place: Place
    imported: ImportRun
    export: ListExport
    place_file: PlaceFile
    view: SavedView
    batch: Fact
    urging: Urging
    issue: Issue
    word: GroupWord
    hall: HallRows
    robot: Outlet
    message: Outgoing

    def canaries(self) -> dict[str, tuple[str, ...]]:
        """Return the words to look for, by whose they are."""
        found: dict[str, tuple[str, ...]] = {}
        for name, row in self.rows.items():
            found[name] = row.words
            found[f"{name} staff"] = row.staff_words
            found[f"{name} name"] = (row.enterprise.name,)
            found[f"{name} contact"] = (row.contact.name,)
            found[f"{name} phone"] = (row.contact.phone,)
        found["applicant"] = (self.registration.name, self.registration.phone)
        found["import"] = (self.imported.name,)
        found["incident"] = (self.incident.title,)
        found["robot"] = (self.robot.name,)
        return found


def make_world() -> World:
    """Return a world in the Haimen zone."""
    firm_a = EnterpriseFactory.create(name="海门甲鸢有限公司", short_name="甲鸢")
    people: dict[str, User] = {
        "firm": member_of(firm_a),
        "chief": enterprise_admin(firm_a),
        "clerk": clerk(),
        "officer": service_officer(),
        "handler": handler("econ_bureau"),
        "superv": supervisor(),
        "leader": leader(),
        "reader": discipline_reader(),
        "discip": handler("discipline_group"),
        "carrier": carrier(),
        "escort": escort(),
        "provider": provider(),
        "investor": investor(),
        "security": security_admin(),
        "audit": audit_admin(),
        "admin": administrator(),
    }
    other = handler("planning_bureau")
    rows = _rows(firm_a, people, other)
    fact = _told(accounts.PhoneSet(user_id=people["firm"].pk), people["firm"])
    delivery = Delivery.objects.create(
        fact=fact, reaction="desk.jobs.read_case", state="DEAD", next_try_at=THURSDAY_10
    )
    robot = make_robot()
    tell_people({*people.values(), *(row.worker for row in rows.values())})
    return World(
        people=people,
        rows=rows,
        delivery=delivery,
        fact=fact,
        registration=make_registration(),
        incident=make_incident(people["security"]),
        certificate=PurgeCertificate.objects.create(
            data_class="sessions", before=THURSDAY_10, began_at=THURSDAY_10, ended_at=THURSDAY_10
        ),
        request=DataRequest.objects.create(user=other, asked_at=THURSDAY_10),
        merge=make_merge(people["clerk"]),
        place=make_place(),
        imported=make_import(people["clerk"]),
        export=make_list_export(people["clerk"], rows["own"].case),
        place_file=make_place_file(people["clerk"]),
        view=SavedView.objects.create(
            owner=people["clerk"], name="我的在办", query="turn=open", made_at=THURSDAY_10
        ),
        batch=_told(
            facts.CasesDispatched(
                unit="econ_bureau", case_ids=(), refused_ids=(), refused_codes=()
            ),
            people["clerk"],
        ),
        urging=urging_of(rows["own"].case, people["superv"]),
        issue=make_issue(people["leader"]),
        word=make_word(people["officer"]),
        hall=make_hall(people["clerk"]),
        robot=robot,
        message=make_undelivered(robot),
    )


def _rows(firm_a: Enterprise, people: dict[str, User], other: User) -> dict[str, Row]:
    """Return a case of each kind, with what hangs on it."""
    return {
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
    _told(facts.ProgressNoted(case_id=case.pk, note_id=written.pk), worker)
    inner = Note.objects.create(
        case=case,
        kind=NoteKind.RETURN,
        text=f"{mark}内部话",
        author=worker,
        written_at=THURSDAY_10,
        is_public=False,
    )
    returned = facts.CaseReturned(
        case_id=case.pk, unit=unit, suggested_unit="service_center", note_id=inner.pk
    )
    _told(returned, worker)
    attachment = _attachment(case, file, worker)
    hang, hang_file = make_hang(mark, unit, worker)
    contact = ContactFactory.create(enterprise=enterprise, name=f"{mark}联系人", phone=phone)
    asker = member_of(enterprise)
    return Row(
        enterprise=enterprise,
        case=case,
        attachment=attachment,
        contact=contact,
        membership=Membership.objects.get(user=asker),
        site=make_site(enterprise),
        correction=Correction.objects.create(
            enterprise=enterprise,
            changes={"employees": [None, 7]},
            asked_by=asker,
            asked_at=THURSDAY_10,
        ),
        hang=hang,
        hang_file=hang_file,
        worker=worker,
        words=(text, place, note, file),
        staff_words=(inner.text,),
    )


def prepare_hang(row: Row, step: HangStep) -> None:
    """Bring the hang of a row into a state in which the step is possible."""
    states = HANG_TRANSITIONS[step][0]
    state = HangState.OPEN if HangState.OPEN in states else HangState.CALLED_BACK
    if step == HangStep.CALL_BACK:
        state = HangState.STRIKE_ASKED
    is_asked, is_called = state != HangState.OPEN, state == HangState.CALLED_BACK
    Hang.objects.filter(pk=row.hang.pk).update(
        state=state,
        asked_by=row.worker if is_asked else None,
        called_back_by=row.membership.user if is_called else None,
    )


def _attachment(case: Case, name: str, worker: User) -> Attachment:
    stored = files.store(SimpleUploadedFile(f"{name}.pdf", pdf()), max_bytes=10_000)
    kept: Attachment = Attachment.objects.create(
        case=case,
        name=stored.name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        path=stored.path,
        added_by=worker,
        added_at=THURSDAY_10,
    )
    return kept


def _told(fact: FactRecord, actor: User) -> Fact:
    """Write a fact of the past, which starts nothing."""
    return record_facts([(fact, actor, THURSDAY_10)], deliver=False)[0]


def prepare(row: Row, kind: str, step: Step) -> None:
    """Bring the case of a row into a state in which the step is possible."""
    first = {
        Step.ACCEPT: CaseState.SUBMITTED,
        Step.REJECT: CaseState.SUBMITTED,
        Step.ESCALATE: CaseState.ACCEPTED,
        Step.DISPATCH: CaseState.REOPENED if kind == "reopened" else CaseState.ACCEPTED,
        Step.RETURN: CaseState.SIGNED,
        Step.WITHDRAW: CaseState.SUBMITTED,
        Step.ADD: CaseState.SUBMITTED,
    }
    state = first.get(step) or min(TRANSITIONS[step][0])
    is_signed = state in {CaseState.SIGNED, CaseState.IN_PROGRESS} | PAUSED
    asked_for = min(DECIDES[step]) if step in DECIDES else ""
    Case.objects.filter(pk=row.case.pk).update(
        state=state,
        handler=row.case.handler if is_signed else None,
        dispatched_at=clock.now(),
        replied_at=THURSDAY_10 if state in {CaseState.REPLIED, CaseState.CLOSED} else None,
        paused_at=THURSDAY_10 if state in PAUSED else None,
        review_on=DAY if state == CaseState.SUSPENDED else None,
        asked_for=asked_for,
        light="none" if state in OVER else "green",
        withdrawn_at=THURSDAY_10 if state == CaseState.WITHDRAWN else None,
        sampled_at=THURSDAY_10 if step == Step.CHECK_WITHDRAWAL else None,
        closed_at=THURSDAY_10 if state == CaseState.CLOSED else None,
        solved="yes" if state == CaseState.CLOSED else "",
        rejected_at=THURSDAY_10 if state == CaseState.REJECTED else None,
        urged_until=DAY if step == Step.RESPOND else None,
        parent=other_case("foreign" if kind == "own" else "own")
        if state == CaseState.MERGED
        else None,
    )
    prepare_urging(row.case, row.worker, step)
    CaseRequest.objects.filter(case=row.case).delete()
    if asked_for:
        CaseRequest.objects.create(
            case=row.case,
            kind=asked_for,
            until=clock.today() + timedelta(days=12),
            asked_by=row.worker,
            asked_at=THURSDAY_10,
        )


def other_case(kind: str) -> Case:
    """Return the case of a row, to be compared or put together with one of another row."""
    found: Case = Case.objects.get(text="甲鸢诉求" if kind == "own" else "乙鹭诉求")
    return found


def fields_of(step: Step, kind: str) -> dict[str, object]:
    """Return what a form of this step needs for a row of this kind."""
    other = office("emergency_bureau").pk
    unit = office("discipline_group").pk if kind == "restricted" else other
    by_step: dict[Step, dict[str, object]] = {
        Step.ACCEPT: {"category": "municipal", "urgency": "normal"},
        Step.REJECT: {"text": "不归园区管", "instead": "区人社局"},
        Step.ESCALATE: {"body": "区交通运输局", "text": "涉及省道"},
        Step.DISPATCH: {"unit": unit},
        Step.PLAN: {"text": "先查线路", "planned_on": DAY + timedelta(days=400)},
        Step.RETURN: {"text": "不归我们管", "suggested_unit": other},
        Step.ASK_EXTENSION: {"text": "等配件", "until": clock.today() + timedelta(days=12)},
        Step.ASK_SUSPENSION: {"text": "等规划", "until": clock.today() + timedelta(days=12)},
        Step.REVIEW: {"text": "还在等", "until": clock.today() + timedelta(days=12)},
        Step.URGE: {"text": "请尽快办理", "until": clock.today() + timedelta(days=3)},
        Step.CHECK_WITHDRAWAL: {"pressed": "no", "text": "企业自己撤的"},
        Step.CALL_BACK: {"solved": "yes", "text": "企业说修好了"},
        Step.SPLIT: {"part_1": "路灯坏了", "part_2": "井盖松了"},
        Step.MERGE: {"into": other_case("foreign" if kind == "own" else "own").pk},
        Step.CONFIRM: {"solved": "yes", "rating": "5"},
    }
    return by_step.get(step, {"text": "路灯还没有修好"})
