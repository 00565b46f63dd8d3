"""What is sent to ask the question of a cell: the address and the fields of the form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.briefings.channels import restored
from shuniu.zone.briefings.choices import Step as IssueStep
from shuniu.zone.briefings.forms import words_of
from shuniu.zone.desk.choices import Step
from shuniu.zone.desk.models import Case, CaseLink
from shuniu.zone.desk.views import views
from shuniu.zone.freight.choices import WordStep
from shuniu.zone.hangs.choices import Step as HangStep
from shuniu.zone.kernel.views import imports
from shuniu.zone.notices.views import ways_out
from shuniu.zone.portal.views import incidents
from shuniu.zone.registry.queries import FIELD_LABELS, holiday_stamp, seal_of, value_of
from shuniu.zone.registry.services import (
    judged_places,
    places_from_file,
    seal_of_place,
    seal_of_rows,
)
from shuniu.zone.registry.views import (
    contacts,
    corrections,
    members,
    people,
    place_files,
    places,
    sites,
)
from tests.factories import THURSDAY_10, office
from tests.kernel.uploads import pdf
from tests.rights import hall
from tests.rights.asking import (
    Asked,
    hang_is_ready_for,
    has_a_key,
    has_an_address,
    has_asked,
    has_no_correction,
    has_second_factor,
    is_at,
    is_closed,
    is_decided,
    is_done,
    is_ordinary,
    is_place_file_written,
    is_retired,
    is_written,
    notice_of,
    view_is_removed,
)
from tests.rights.expectations import Cell
from tests.rights.world import DAY, MISSING, NO_ID, World, fields_of, prepare
from tests.sheets import firm, xlsx

Fields = dict[str, object]
OWN_ROW = frozenset({"-", "missing", "reopened"})  # asked for the row that is one's own
DAY_OFF = "2026-11-25,2026-11-25,HOLIDAY,停电"
PASSWORD = "不对的口令-不对的口令-1"
NEW_NAME = {"name": "沈新人", "phone": "15400005555"}

# The steps of an address that ends with one: each is a line of the table.
STEPS: Mapping[str, Iterable[str]] = {
    "desk:case-step": [step.value for step in Step],
    "desk:view-step": views.STEPS,
    "desk:beside-step": ("relate", "unrelate", "not-same"),
    "registry:person-step": people.STEPS,
    "registry:member-step": members.STEPS,
    "registry:contact-step": contacts.STEPS,
    "registry:registration-decide": ("approve", "reject", "again"),
    "registry:correction-decide": corrections.STEPS,
    "registry:place-step": places.STEPS,
    "registry:place-file-step": place_files.STEPS,
    "registry:site-step": sites.STEPS,
    "portal:incident-step": incidents.FORMS,
    "kernel:import-step": imports.STEPS,
    "freight:word-step": WordStep.values,
    **hall.STEPS,
    "briefings:issue-step": [step.value for step in IssueStep],
    "hangs:step": [step.value for step in HangStep],
    "notices:outlet-step": ways_out.OUTLET_STEPS,
    "notices:messages-step": ways_out.MESSAGE_STEPS,
    "notices:message-step": ways_out.MESSAGE_STEPS,
}


@dataclass(frozen=True, slots=True)
class Question:
    """An address and the fields that are sent to it."""

    url: str
    fields: Fields = field(default_factory=dict)


Places = Callable[[Asked], list[object]]
Form = Callable[[Asked], Fields]


def two_cases(asked: Asked) -> list[object]:
    """Return the case of a row and one of another row."""
    rows = asked.world.rows
    other = rows["foreign"] if asked.row is rows["own"] else rows["own"]
    return [asked.row.case.pk, other.case.pk]


def are_related(asked: Asked) -> None:
    """Let the two cases be related."""
    keys = [str(key) for key in two_cases(asked)]
    first, second = Case.objects.filter(pk__in=keys).order_by("pk")
    CaseLink.objects.create(
        first=first, second=second, kind="RELATED", made_by=asked.row.worker, made_at=THURSDAY_10
    )


PLACES: dict[str, Places] = {
    "accounts:session-end": lambda asked: [asked.session.pk],
    "accounts:token-end": lambda asked: [asked.token],
    "accounts:audit-entry": lambda asked: [asked.world.fact.position],
    "desk:case-page": lambda asked: [asked.row.case.pk],
    "desk:case-step": lambda asked: [asked.row.case.pk],
    "desk:attachments-add": lambda asked: [asked.row.case.pk],
    "desk:attachment": lambda asked: [asked.row.attachment.pk],
    "desk:reader-choose": lambda _asked: [0],
    "desk:beside-find": lambda asked: [asked.row.case.pk],
    "desk:beside": two_cases,
    "desk:beside-step": two_cases,
    "desk:urging-page": lambda asked: [asked.world.urging.pk],
    "desk:view-step": lambda asked: [asked.world.view.pk],
    "desk:calendar-undo": lambda asked: [asked.calendar_edit],
    "desk:batch": lambda asked: [asked.world.batch.pk],
    "desk:batch-back": lambda asked: [asked.world.batch.pk],
    "hangs:hang": lambda asked: [asked.row.hang.pk],
    "hangs:paper": lambda asked: [asked.row.hang.pk],
    "hangs:step": lambda asked: [asked.row.hang.pk],
    "hangs:file": lambda asked: [asked.row.hang_file.pk],
    "registry:contact": lambda asked: [asked.row.contact.pk],
    "registry:contact-step": lambda asked: [asked.row.contact.pk],
    "registry:contact-reveal": lambda asked: [asked.row.contact.pk],
    "registry:member": lambda asked: [asked.row.membership.pk],
    "registry:member-step": lambda asked: [asked.row.membership.pk],
    "registry:place": lambda asked: [asked.world.place.pk],
    "registry:place-correct": lambda asked: [asked.world.place.pk],
    "registry:place-step": lambda asked: [asked.world.place.pk],
    "registry:place-file": lambda asked: [asked.world.place_file.pk],
    "registry:place-file-step": lambda asked: [asked.world.place_file.pk],
    "registry:site": lambda asked: [asked.row.site.pk],
    "registry:site-step": lambda asked: [asked.row.site.pk],
    "registry:site-new": lambda asked: [asked.row.enterprise.pk],
    "registry:correction": lambda asked: [asked.row.correction.pk],
    "registry:correction-decide": lambda asked: [asked.row.correction.pk],
    "registry:enterprise": lambda asked: [asked.row.enterprise.pk],
    "registry:enterprise-edit": lambda asked: [asked.row.enterprise.pk],
    "registry:enterprise-verify": lambda asked: [asked.row.enterprise.pk],
    "registry:merge": lambda asked: [asked.world.merge.pk],
    "registry:merge-new": lambda asked: [asked.row.enterprise.pk],
    "registry:merge-undo": lambda asked: [asked.world.merge.pk],
    "registry:person": lambda asked: [asked.row.worker.pk],
    "registry:person-step": lambda asked: [asked.row.worker.pk],
    "registry:registration": lambda asked: [asked.world.registration.pk],
    "registry:registration-reveal": lambda asked: [asked.world.registration.pk],
    "registry:registration-decide": lambda asked: [asked.world.registration.pk],
    "kernel:import-new": lambda _asked: ["enterprises"],
    "kernel:import-template": lambda _asked: ["enterprises"],
    "kernel:import": lambda asked: [asked.world.imported.pk],
    "kernel:import-columns": lambda asked: [asked.world.imported.pk],
    "kernel:import-file": lambda asked: [asked.world.imported.pk],
    "kernel:import-marking": lambda asked: [asked.world.imported.pk],
    "kernel:import-step": lambda asked: [asked.world.imported.pk],
    "notices:open": lambda asked: [notice_of(asked).pk],
    "notices:outlet-step": lambda asked: [asked.world.robot.pk],
    "notices:message-step": lambda asked: [asked.world.message.pk],
    "portal:export-new": lambda _asked: ["cases"],
    "portal:export-file": lambda asked: [asked.world.export.pk],
    "portal:delivery-again": lambda asked: [asked.world.delivery.pk],
    "portal:data-class": lambda asked: [asked.world.certificate.data_class],
    "portal:purge": lambda asked: [asked.world.certificate.pk],
    "portal:data-request": lambda asked: [asked.world.request.pk],
    "portal:data-request-grant": lambda asked: [asked.world.request.pk],
    "portal:data-request-refuse": lambda asked: [asked.world.request.pk],
    "portal:incident": lambda asked: [asked.world.incident.pk],
    "portal:incident-step": lambda asked: [asked.world.incident.pk],
    "freight:word-step": lambda asked: [asked.world.word.pk],
    **hall.PLACES,
    "briefings:day": lambda _asked: [DAY],
    "briefings:day-file": lambda _asked: [DAY, "docx"],
    "briefings:issue-draft": lambda _asked: [DAY - timedelta(days=1)],
    "briefings:period-draft": lambda _asked: ["WEEKLY", DAY],
    "briefings:issue": lambda asked: [asked.world.issue.pk],
    "briefings:issue-edit": lambda asked: [asked.world.issue.pk],
    "briefings:issue-file": lambda asked: [asked.world.issue.pk, "docx"],
    "briefings:issue-step": lambda asked: [asked.world.issue.pk],
    "briefings:issue-instruct": lambda asked: [asked.world.issue.pk],
}
REPORT: Fields = {
    "title": "一封邮件",
    "noticed_at": f"{DAY}T09:00",
    "happened": "寄错了人",
    "data_kinds": "姓名",
    "consequences": "没有",
}


def words_of_issue(asked: Asked) -> Fields:
    """Return the words of the issue as they stand in it."""
    given = words_of(restored(asked.world.issue.content), 1)
    return {name: value for name, value in given.items() if value}


def words_of_instruction(asked: Asked) -> Fields:
    """Return an instruction to the bureau of enterprise A."""
    return {
        "words": "请尽快办结。",
        "unit": office("econ_bureau").pk,
        "responsible": asked.world.rows["own"].worker.pk,
        "supervisor": asked.world.urging.urged_by_id,
        "promised_on": DAY + timedelta(days=400),
    }


def record_of(asked: Asked) -> Fields:
    """Return the record of an enterprise with another number of employees."""
    seen = {field: value_of(asked.row.enterprise, field) for field in FIELD_LABELS}
    said = {name: seen[name] for name in ("name", "credit_code", "short_name")}
    return {**said, "employees": "7", "seen": json.dumps(seen)}


PLACE: Fields = {"name": "南门", "kind": "GATE", "shape": "121.2, 31.86", "datum": "WGS84"}
PLACES_TEXT = json.dumps(
    {
        "type": "Feature",
        "properties": {"code": "G3", "name": "东门", "kind": "GATE"},
        "geometry": {"type": "Point", "coordinates": [121.2, 31.86]},
    }
)
SITE: Fields = {"name": "二厂", "address": "富江路 3 号", "datum": "WGS84"}
FORMS: dict[str, Form] = {
    "kernel:language": lambda _asked: {"language": "en"},
    "kernel:theme": lambda _asked: {"theme": "dark"},
    "accounts:sign-in": lambda _asked: {"name": "nobody", "password": PASSWORD},
    "accounts:sign-in-code": lambda _asked: {"code": "123456"},
    "accounts:enter": lambda _asked: {
        "name": "nobody",
        "code": "ABCD-EFGH-JKLM",
        "password": PASSWORD,
        "again": PASSWORD,
    },
    "accounts:password": lambda _asked: {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD},
    "accounts:confirm": lambda _asked: {"password": PASSWORD},
    "accounts:tokens": lambda _asked: {"name": "程序", "days": "30"},
    "accounts:my-name": lambda _asked: {**NEW_NAME},
    "accounts:my-phone": lambda _asked: {"number": NEW_NAME["phone"]},
    "desk:need": lambda asked: {"text": "路灯坏了", "enterprise": asked.row.enterprise.pk},
    "desk:need-for-enterprise": lambda asked: {
        "text": "路灯坏了",
        "enterprise": asked.row.enterprise.name,
        "channel": "phone",
    },
    "desk:view-new": lambda _asked: {"name": "新的", "query": "turn=open"},
    "desk:view-step/rename": lambda _asked: {"name": "改过的"},
    "desk:dispatch": lambda asked: {
        "case": asked.row.case.pk,
        "unit": office("emergency_bureau").pk,
    },
    "desk:calendar-look": lambda _asked: {"text": DAY_OFF, "year": "2026"},
    "desk:calendar-save": lambda _asked: {
        "rows": DAY_OFF,
        "source": "DAY",
        "seen": "-".join(map(str, holiday_stamp())),
    },
    "desk:attachments-add": lambda _asked: {"uploads": SimpleUploadedFile("a.pdf", pdf())},
    "hangs:new": lambda asked: {
        "source_kind": "meeting",
        "source_title": "调度会纪要第 12 期",
        "promise": "接通用电。",
        "unit": office("econ_bureau").pk,
        "responsible": asked.world.rows["own"].worker.pk,
        "promised_on": DAY + timedelta(days=400),
        "review_on": DAY + timedelta(days=400),
    },
    "hangs:step": lambda _asked: {"text": "已经通电。"},
    "hangs:step/call-back": lambda _asked: {"text": "企业说好了。", "solved": "yes"},
    "hangs:step/move": lambda _asked: {
        "text": "变压器晚到。",
        "promised_on": DAY + timedelta(days=401),
    },
    "hangs:step/review": lambda _asked: {"review_on": DAY + timedelta(days=401)},
    "registry:contact-new": lambda _asked: {**NEW_NAME},
    "registry:contact": lambda _asked: {**NEW_NAME},
    "registry:contact-reveal": lambda _asked: {"reason": "CALL"},
    "registry:member-new": lambda _asked: {**NEW_NAME},
    "registry:place-new": lambda _asked: {**PLACE, "code": "G2"},
    "registry:place-correct": lambda asked: PLACE | {"seen": seal_of_place(asked.world.place)},
    "registry:places-import": lambda _asked: {"text": PLACES_TEXT, "datum": "WGS84"},
    "registry:place-file-step/confirm": lambda _asked: {
        "seal": seal_of_rows(judged_places(places_from_file(PLACES_TEXT.encode(), "WGS84"))),
    },
    "registry:site-new": lambda _asked: SITE,
    "registry:site": lambda _asked: SITE,
    "registry:correction-decide/approve": lambda asked: {
        "seen": seal_of(asked.row.enterprise, asked.row.correction.changes)
    },
    "registry:correction-decide/reject": lambda _asked: {"reason": "与执照不符。"},
    "registry:enterprise-new": lambda _asked: {
        "name": "海门己鹃有限公司",
        "credit_code": "91320614MAXX00015A",
    },
    "registry:enterprise-edit": record_of,
    "registry:own-correct": record_of,
    "registry:merge-new": lambda asked: {
        "other": asked.world.rows["foreign"].enterprise.pk,
        "stays": asked.row.enterprise.pk,
    },
    "registry:member-step/phone": lambda _asked: {"phone": NEW_NAME["phone"]},
    "registry:person-new": lambda _asked: {
        **NEW_NAME,
        "sign_in_name": "somebody-new",
        "posts-TOTAL_FORMS": "0",
        "posts-INITIAL_FORMS": "0",
    },
    "registry:person-step/correct": lambda _asked: {"name": "沈新人", "phone": ""},
    "registry:person-step/posts": lambda _asked: {
        "posts-TOTAL_FORMS": "0",
        "posts-INITIAL_FORMS": "0",
    },
    "registry:person-step/give": lambda _asked: {"role": "escort"},
    "registry:person-step/take": lambda _asked: {"role": "unit_handler"},
    "registry:register": lambda _asked: {"credit_code": "no code"},
    "registry:register-check": lambda _asked: {"credit_code": "9132"},
    "registry:register-state": lambda _asked: {"reference": "7K3M-92QF", "phone": "15400009999"},
    "registry:registration-decide/approve": lambda _asked: {"rank": "user"},
    "registry:registration-decide/reject": lambda _asked: {"reason": "执照过期了。"},
    "kernel:import-new": lambda _asked: {"file": SimpleUploadedFile("a.xlsx", xlsx([firm(8)]))},
    "kernel:import-columns": lambda _asked: {
        "sheet": "0",
        "head": "0",
        "depth": "1",
        "field-name": "0",
        "field-credit_code": "1",
    },
    "kernel:import-step/confirm": lambda _asked: {"version": "1"},
    "notices:address": lambda _asked: {"address": "no address"},
    "notices:confirm": lambda _asked: {"code": "123456"},
    "notices:robot-new": lambda _asked: {
        "name": "一个群",
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef",
        "form": "TEXT",
    },
    "portal:data-request-refuse": lambda _asked: {"reason": "还有一件没办完。"},
    "portal:export-new": lambda _asked: {"form": "csv", "query": ""},
    "portal:incident-new": lambda _asked: REPORT,
    "portal:incident": lambda _asked: REPORT,
    "portal:incident-step/authority": lambda _asked: {"told_at": f"{DAY}T09:00"},
    "portal:incident-step/persons": lambda _asked: {"told_at": f"{DAY}T09:00"},
    "portal:incident-step/not-told": lambda _asked: {"reason": "已经避免了损害。"},
    **hall.FORMS,
    "freight:read": lambda _asked: {"text": "海门到常州 2吨 明天走"},
    "freight:word-new": lambda _asked: {"word": "布码头", "means": "绍兴柯桥"},
    "briefings:issue-step": lambda _asked: {"seen": "1", "reason": "导语太长。"},
    "briefings:issue-step/save": lambda _asked: {"seen": "1", "summary": "另一句话。"},
    "briefings:issue-step/hand-up": words_of_issue,
    "briefings:issue-instruct": words_of_instruction,
}
# The enterprise that a list is asked for stands in its query.
BY_ENTERPRISE = frozenset(
    {
        "registry:contacts",
        "registry:contact-new",
        "registry:members",
        "registry:member-new",
        "registry:own-enterprise",
        "registry:own-correct",
    }
)
QUERIES = {"desk:case-list": "?turn=all", "registry:registrations": "?state="}
WITH_UUID = frozenset({"registry:contact", "registry:registration"})


# What has to be there before the request is sent.
BEFORE: dict[str, Callable[[Asked], None]] = {
    "accounts:second-factor-off": has_second_factor,
    "accounts:recovery-codes": has_second_factor,
    "accounts:deletion-back": has_asked,
    "desk:view-step/restore": view_is_removed,
    "desk:beside-step/unrelate": are_related,
    **{f"hangs:step/{step}": hang_is_ready_for(step) for step in HangStep},
    **hall.BEFORE,
    "notices:remove": has_an_address,
    "registry:person-step/end-keys": has_a_key,
    "registry:person-step/reopen": is_closed,
    "registry:registration-decide/again": is_decided,
    "registry:own-correct": has_no_correction,
    "registry:place-step/restore": is_retired,
    "registry:member-step/release": is_ordinary,
    "portal:incident-step/settle": is_done,
    "kernel:import-step/undo": is_written,
    "registry:place-file-step/undo": is_place_file_written,
    "briefings:issue-edit": is_at(IssueStep.SAVE),
    **{f"briefings:issue-step/{step}": is_at(step) for step in IssueStep},
}


def question_of(world: World, cell: Cell, *, is_missing: bool = False) -> Question:
    """Return what is sent for a cell, or the same about a row that does not exist.

    The row is brought into a state in which the step is possible.
    """
    name, _, step = cell.address.partition("/")
    row = world.rows["own" if cell.row in OWN_ROW else cell.row]
    asked = Asked(world, row, world.people.get(cell.role))
    places = PLACES[name](asked) if name in PLACES else []
    if places and (is_missing or cell.row == "missing"):
        places[0] = _no_id(places[0])
    if step:
        places.append(Step(step) if name == "desk:case-step" else step)
    url = reverse(name, args=places) + QUERIES.get(name, "")
    if name in BY_ENTERPRISE:
        url += f"?enterprise={MISSING if is_missing else row.enterprise.pk}"
    if name == "desk:case-step":
        prepare(row, cell.row, Step(step))
        return Question(url, fields_of(Step(step), cell.row))
    if cell.address in BEFORE:
        BEFORE[cell.address](asked)
    form = FORMS.get(cell.address) or FORMS.get(name)
    return Question(url, form(asked) if form and cell.method == "POST" else {})


def _no_id(place: object) -> object:
    """Return an id like this one that no row has."""
    if isinstance(place, int):
        return MISSING
    return "no-such-class" if isinstance(place, str) else NO_ID
