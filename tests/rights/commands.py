"""Every command that a person can give, asked of itself: pages are not between."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404

from shuniu.profiles.load import load_profile
from shuniu.zone.accounts.choices import CodeUse, Role
from shuniu.zone.accounts.models import SignInSession
from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.accounts.services import Knock, NewAccount, make_token
from shuniu.zone.desk.choices import Channel, Pressed, Solved, Step, Urgency
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.freight.choices import WordStep
from shuniu.zone.hangs.choices import Step as HangStep
from shuniu.zone.hangs.queries import HangFilter, Source
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.notices.choices import RobotForm
from shuniu.zone.portal.choices import FileForm
from shuniu.zone.portal.services.incidents import IncidentReport
from shuniu.zone.registry.choices import HolidaySource, RevealReason
from shuniu.zone.registry.queries import Change, EnterpriseFilter, holiday_stamp
from shuniu.zone.registry.queries.people import PeopleFilter
from shuniu.zone.registry.services import (
    NewEnterprise,
    NewPlace,
    NewRegistration,
    NewSite,
    edit_calendar,
    read_table,
)
from tests.architecture.test_commands import APPS, commands
from tests.factories import THURSDAY_10, office
from tests.rights import hall
from tests.rights.command_table import TABLE
from tests.rights.expectations import GROUPS, ROLES
from tests.rights.matrix import undone
from tests.rights.table_of_hall import COMMANDS as HALL_COMMANDS
from tests.rights.world import DAY, MISSING, Row, World, prepare, prepare_hang

NOW = THURSDAY_10 + timedelta(minutes=5)
NO = frozenset({403, 404})
CASE_ROWS = ("own", "foreign", "restricted")


@dataclass(frozen=True, slots=True)
class Trial:
    """A command, what it is about, and who it must let through."""

    name: str
    row: str
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class About:
    """What a command is given: the row, and who gives it."""

    world: World
    row: Row
    actor: Any
    is_outside: bool

    @property
    def user_id(self) -> int:
        user = self.row.membership.user if self.is_outside else self.row.worker
        return int(user.pk)


def _edit_of_calendar(_about: About) -> int:
    """A change of the calendar that can be taken back."""
    edit = edit_calendar(
        rows=read_table("2026-11-26 停水", year=2026),
        source=HolidaySource.DAY,
        seen=holiday_stamp(),
        actor=None,
        now=NOW,
    )
    return int(edit.pk)


def _other(about: About) -> Row:
    """Return a row other than the one that the command is about."""
    rows = about.world.rows
    return rows["foreign"] if about.row is rows["own"] else rows["own"]


def _session_of(about: About) -> int:
    mine = about.row is about.world.rows["own"]
    whose = models.Q(user=about.actor)
    found = SignInSession.objects.filter(whose if mine else ~whose).order_by("pk").last()
    return found.pk if found else MISSING


def _token_of(about: About) -> int:
    made = make_token(name="a program", may_write=True, days=1, actor=about.actor, now=NOW)
    return made.token.pk


REPORT = IncidentReport("一封邮件", "寄错了人", THURSDAY_10, "姓名", None, "没有", "")
NEW = NewRegistration("91320614MA1MXXXX05", "海门己鹃有限公司", "己鹃", "15400006666", "", "x" * 20)
NEW_FIRM = NewEnterprise(
    name="海门己鹃有限公司", short_name="", credit_code="91320614MA1MXXXX05", industry_code="",
    is_above_scale=False, employees=None, scope="", products=(), inputs=(), address="", lon=None,
    lat=None,
)  # fmt: skip
NEW_SITE = NewSite("二厂", "富江路 1 号", None)
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef"
GIVEN: Mapping[str, Callable[[About], object]] = {
    "about": lambda _about: "",
    "supervisor": lambda about: about.world.urging.urged_by,
    "accounts": lambda about: (
        NewAccount("somebody-new", "新人", (Role.ENTERPRISE_USER,) if about.is_outside else ()),
    ),
    "address": lambda _about: "203.0.113.9",
    "appointments": lambda _about: (),
    "as_admin": lambda _about: False,
    "batch_id": lambda about: about.world.batch.pk,
    "case_ids": lambda about: (about.row.case.pk,),
    "lesson_id": lambda _about: None,
    "at_least": lambda _about: 0,
    "view_id": lambda about: about.world.view.pk,
    "into": lambda about: _other(about).case.pk,
    "other_id": lambda about: _other(about).case.pk,
    "is_on": lambda _about: False,
    "is_quiet_at_night": lambda _about: True,
    "message_id": lambda about: about.world.message.pk,
    "notice_id": lambda _about: MISSING,
    "office": lambda _about: None,
    "outlet": lambda _about: "",
    "outlet_id": lambda about: about.world.robot.pk,
    "read_at": lambda _about: THURSDAY_10,
    "tellings": lambda _about: (),
    "unwanted": lambda _about: (),
    "up_to": lambda _about: 0,
    "attachment_id": lambda about: about.row.attachment.pk,
    "base_url": lambda _about: "http://testserver",
    "but_key": lambda _about: None,
    "case_id": lambda about: about.row.case.pk,
    "cases": lambda _about: (),
    "category": lambda _about: "municipal",
    "changes": lambda _about: (Change("employees", None, 7),),
    "channel": lambda _about: Channel.PHONE,
    "code": lambda _about: "123456",
    "contact_id": lambda about: about.row.contact.pk,
    "correction_id": lambda about: about.row.correction.pk,
    "day": lambda _about: DAY,
    "days": lambda _about: 30,
    "delivery_id": lambda about: about.world.delivery.pk,
    "device": lambda _about: "",
    "enterprise": lambda about: about.row.enterprise,
    "enterprise_id": lambda about: about.row.enterprise.pk,
    "enterprises": lambda _about: (),
    "edits": lambda _about: None,
    "edit_id": _edit_of_calendar,
    "form": lambda _about: "docx",
    "list_kind": lambda _about: "cases",
    "query": lambda _about: "",
    "export_id": lambda about: about.world.export.pk,
    "form_key": lambda _about: "a-form-of-this-trial",
    "hang_id": lambda about: about.row.hang.pk,
    "month": lambda _about: DAY.replace(month=DAY.month - 1, day=1),
    "seed": lambda _about: "a seed of this trial",
    "pressed": lambda _about: Pressed.NO,
    "promise": lambda _about: "接通用电。",
    "promised_on": lambda _about: DAY + timedelta(days=400),
    "responsible": lambda about: about.row.worker,
    "review_on": lambda _about: DAY + timedelta(days=400),
    "source": lambda _about: Source("meeting", "", "调度会", ""),
    "gone_id": lambda about: about.world.rows["foreign"].enterprise.pk,
    "incident_id": lambda about: about.world.incident.pk,
    "is_admin": lambda _about: True,
    "is_restricted": lambda _about: False,
    "word_id": lambda about: about.world.word.pk,
    "item_id": lambda about: about.world.hall.item.pk,
    "ticket_id": lambda about: about.world.hall.called.pk,
    "key_id": lambda about: about.world.hall.device.pk,
    "word": lambda _about: "布码头",
    "means": lambda _about: "绍兴柯桥",
    "issue_id": lambda about: about.world.issue.pk,
    "joins": lambda _about: None,
    "kept_id": lambda about: about.world.rows["own"].enterprise.pk,
    "knock": lambda _about: Knock("203.0.113.9"),
    "language": lambda _about: "zh-hans",
    "content": lambda about: about.world.place_file.content.encode(),
    "datum": lambda _about: "WGS84",
    "file_id": lambda about: about.world.place_file.pk,
    "seal": lambda _about: "",
    "may_write": lambda _about: True,
    "membership_id": lambda about: about.row.membership.pk,
    "merge_id": lambda about: about.world.merge.pk,
    "name": lambda _about: "沈新人",
    "new": lambda _about: NEW,
    "note": lambda _about: "",
    "number": lambda _about: "",
    "old": lambda _about: "no such password",
    "password": lambda _about: "no such password",
    "phone": lambda _about: "15400005555",
    "place_id": lambda about: about.world.place.pk,
    "places": lambda _about: (),
    "planned_on": lambda _about: DAY + timedelta(days=30),
    "posts": lambda _about: (),
    "profile": lambda _about: load_profile("generic"),
    "rating": lambda _about: 5,
    "reason": lambda _about: "还有一件没办完。",
    "registration_id": lambda about: about.world.registration.pk,
    "report": lambda _about: REPORT,
    "request_id": lambda about: about.world.request.pk,
    "resets_second_factor": lambda _about: False,
    "role": lambda about: Role.ENTERPRISE_USER if about.is_outside else Role.UNIT_HANDLER,
    "rows": lambda _about: 1,
    "seen": lambda _about: "",
    "session_id": _session_of,
    "session_key": lambda _about: "no-such-session",
    "site_id": lambda about: about.row.site.pk,
    "sign_in_name": lambda _about: "somebody-new",
    "solved": lambda _about: Solved.YES,
    "subcategory": lambda _about: "",
    "suggested_unit": lambda _about: office("emergency_bureau"),
    "texts": lambda _about: ("路灯坏了", "井盖松了"),
    "text": lambda _about: "路灯还没有修好",
    "title": lambda _about: "经理",
    "token_id": _token_of,
    "told_at": lambda _about: THURSDAY_10 + timedelta(minutes=1),
    "unit": lambda about: office(
        "discipline_group" if about.row.case.is_restricted else "emergency_bureau"
    ),
    "uploads": lambda _about: (),
    "urgency": lambda _about: Urgency.NORMAL,
    "user": lambda about: about.row.membership.user,
    "user_id": lambda about: about.user_id,
    "body": lambda _about: "区交通运输局",
    "instead": lambda _about: "区人社局",
    "until": lambda _about: DAY + timedelta(days=12),
    "wanted": lambda _about: CaseFilter(),
    "with_second_factor": lambda _about: CodeUse.TOTP,
}
# Where the same name means something else.
GIVEN_TO: Mapping[str, object] = {
    "freight.decide_word.step": WordStep.ACCEPT,
    **hall.GIVEN_TO,
    "accounts.change_password.new": "no such password either",
    "accounts.begin_session.user": None,
    "accounts.export_trail.wanted": TrailFilter(),
    "briefings.instruct.words": "请尽快办结。",
    "hangs.export_hangs.wanted": HangFilter(),
    "notices.add_robot.address": ROBOT,
    "notices.add_robot.form": RobotForm.TEXT,
    "portal.ask_for_export.form": FileForm.CSV,
    "registry.add_enterprise.new": NEW_FIRM,
    "registry.add_site.new": NEW_SITE,
    "registry.correct_place.new": NewPlace("G1", "南门", "GATE", "", None),
    "registry.correct_site.new": NEW_SITE,
    "registry.edit_calendar.rows": (),
    "registry.edit_calendar.seen": (0, 0, 0),
    "registry.edit_calendar.source": HolidaySource.DAY,
    "registry.export_enterprises.wanted": EnterpriseFilter(),
    "registry.export_people.wanted": PeopleFilter(),
    "registry.reveal_contact.reason": RevealReason.CALL,
}
STEP_OF: Mapping[str, Step] = {
    "desk.accept_case": Step.ACCEPT,
    "desk.reject_case": Step.REJECT,
    "desk.object_to_rejection": Step.OBJECT,
    "desk.escalate_case": Step.ESCALATE,
    "desk.take_back_case": Step.TAKE_BACK,
    "desk.dispatch_case": Step.DISPATCH,
    "desk.sign_case": Step.SIGN,
    "desk.note_contact": Step.CONTACT,
    "desk.plan_case": Step.PLAN,
    "desk.note_progress": Step.NOTE,
    "desk.reply_to_case": Step.REPLY,
    "desk.return_case": Step.RETURN,
    "desk.ask_enterprise": Step.ASK,
    "desk.answer_question": Step.ANSWER,
    "desk.resume_case": Step.RESUME,
    "desk.ask_for_extension": Step.ASK_EXTENSION,
    "desk.grant_extension": Step.GRANT_EXTENSION,
    "desk.ask_for_suspension": Step.ASK_SUSPENSION,
    "desk.suspend_case": Step.SUSPEND,
    "desk.deny_request": Step.DENY,
    "desk.review_suspended": Step.REVIEW,
    "desk.confirm_case": Step.CONFIRM,
    "desk.refuse_answer": Step.REFUSE,
    "desk.withdraw_case": Step.WITHDRAW,
    "desk.add_to_case": Step.ADD,
    "desk.urge_case": Step.URGE,
    "desk.answer_urging": Step.RESPOND,
    "desk.call_back": Step.CALL_BACK,
    "desk.check_withdrawal": Step.CHECK_WITHDRAWAL,
    "desk.merge_case": Step.MERGE,
    "desk.part_case": Step.UNMERGE,
    "desk.split_case": Step.SPLIT,
}

HANG_STEP_OF: Mapping[str, HangStep] = {
    "hangs.add_evidence": HangStep.ADD,
    "hangs.ask_to_strike": HangStep.ASK,
    "hangs.record_call_back": HangStep.CALL_BACK,
    "hangs.strike_off": HangStep.STRIKE,
    "hangs.refuse_strike": HangStep.REFUSE,
    "hangs.move_promise": HangStep.MOVE,
    "hangs.set_review": HangStep.REVIEW,
}


def trials() -> list[Trial]:
    """Return the lines of the table."""
    found = []
    for line in (TABLE.rstrip() + HALL_COMMANDS).strip().splitlines():
        name, row, *roles = line.split()
        allowed = frozenset(r for role in roles for r in GROUPS.get(role, (role,)))
        found.append(Trial(name, row, allowed))
    return found


@cache
def commands_of_people() -> dict[str, Callable[..., object]]:
    """Return every command that takes a person as its actor, by app and name."""
    found = {}
    for app in APPS:
        services = import_module(f"shuniu.zone.{app}.services")
        for node in commands(app):
            types = {a.arg: a.annotation for a in node.args.kwonlyargs}
            command = getattr(services, node.name)
            if (
                "actor" in types
                and "User" in inspect.signature(command).parameters["actor"].annotation
            ):
                found[f"{app}.{node.name}"] = command
    return found


def rows_of(command: Callable[..., object]) -> tuple[str, ...]:
    """Return what a command can be about."""
    names = inspect.signature(command).parameters
    if "case_id" in names or "attachment_id" in names:
        return CASE_ROWS
    if names.keys() & {
        "contact_id",
        "membership_id",
        "enterprise_id",
        "session_id",
        "enterprise",
        "correction_id",
        "hang_id",
    }:
        return ("own", "foreign")
    if names.keys() & {"user_id", "accounts"}:
        return ("staff", "outside")
    return ("-",)


def is_let_through(world: World, name: str, row_name: str, role: str) -> bool:
    """Give a command as a role and undo it; tell whether it was refused for lack of a right."""
    command = commands_of_people()[name]
    row = world.rows.get(row_name, world.rows["own" if row_name == "-" else "foreign"])
    about = About(world, row, world.people[role], is_outside=row_name == "outside")
    with undone():
        if name in STEP_OF:
            prepare(row, row_name, STEP_OF[name])
        if name in HANG_STEP_OF:
            prepare_hang(row, HANG_STEP_OF[name])
        given = dict(_arguments(name, command, about))
        try:
            command(**given, actor=about.actor, now=NOW)
        except Refusal as refusal:
            return refusal.status not in NO
        except (ObjectDoesNotExist, Http404):
            return False
        return True


def _arguments(
    name: str, command: Callable[..., object], about: About
) -> Iterator[tuple[str, object]]:
    for key, parameter in inspect.signature(command).parameters.items():
        if key in {"actor", "now"}:
            continue
        if f"{name}.{key}" in GIVEN_TO:
            given = GIVEN_TO[f"{name}.{key}"]
            yield key, about.actor if given is None else given
        elif parameter.default is inspect.Parameter.empty or key in {"unit", "joins"}:
            yield key, GIVEN[key](about)


def people() -> tuple[str, ...]:
    """Return the roles that somebody can have who gives a command."""
    return ROLES[1:]


__all__ = ["Trial", "commands_of_people", "is_let_through", "people", "rows_of", "trials"]
