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
from shuniu.zone.desk.choices import Channel, Solved, Step, Urgency
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.notices.choices import RobotForm
from shuniu.zone.portal.services.incidents import IncidentReport
from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.queries import Change, EnterpriseFilter
from shuniu.zone.registry.queries.people import PeopleFilter
from shuniu.zone.registry.services import NewEnterprise, NewPlace, NewRegistration, NewSite
from tests.architecture.test_commands import APPS, commands
from tests.factories import THURSDAY_10, office
from tests.rights.expectations import GROUPS, ROLES
from tests.rights.matrix import undone
from tests.rights.world import DAY, MISSING, Row, World, prepare

NOW = THURSDAY_10 + timedelta(minutes=5)
NO = frozenset({403, 404})
CASE_ROWS = ("own", "foreign", "restricted")

# Command, row, and who is let through; everybody else is refused. ``own`` belongs to enterprise A
# and to its bureau, ``foreign`` to enterprise B; ``staff`` and ``outside`` say whose account it is.
# Commands on accounts ask for roles alone: that a colleague is of the same enterprise is asked by
# those of the registry, which stand between them and every page.
TABLE = """
accounts.ask_for_deletion         -          @all
accounts.take_back_deletion       -          @all
accounts.grant_deletion           -          security
accounts.refuse_deletion          -          security
accounts.note_copy                -          @all
accounts.open_accounts            staff      admin
accounts.open_accounts            outside    chief clerk
accounts.rename                   staff      security admin
accounts.rename                   outside    chief clerk security
accounts.set_phone                staff      security admin
accounts.set_phone                outside    chief clerk security
accounts.close_account            staff      security
accounts.close_account            outside    chief clerk security
accounts.reopen_account           staff      security
accounts.reopen_account           outside    chief clerk security
accounts.change_password          -          @all
accounts.issue_code               staff      security
accounts.issue_code               outside    chief clerk security
accounts.give_role                staff      security
accounts.give_role                outside    chief clerk security
accounts.take_role                staff      security
accounts.take_role                outside    chief clerk security
accounts.begin_second_factor      -          @all
accounts.confirm_second_factor    -          @all
accounts.renew_recovery_codes     -          @all
accounts.drop_second_factor       -          @all
accounts.begin_session            -          @all
accounts.sign_out                 -          @all
accounts.end_session              own        @all
accounts.end_session              foreign
accounts.end_sessions             staff      security
accounts.end_sessions             outside    chief clerk security
accounts.know_device              -          @all
accounts.make_token               -          @all
accounts.revoke_token             -          @all
accounts.revoke_tokens            staff      security
accounts.revoke_tokens            outside    chief clerk security
accounts.confirm_again            -          @all
accounts.ask_for_check            -          audit
accounts.export_trail             -          audit
briefings.draft_issue             -          clerk
briefings.export_day              -          clerk superv leader
briefings.export_issue            -          clerk superv leader
briefings.hand_up_issue           -          clerk
briefings.publish_issue           -          clerk leader
briefings.renew_issue             -          clerk
briefings.save_issue              -          clerk
briefings.send_back_issue         -          leader
briefings.sign_issue              -          leader
briefings.take_back_issue         -          clerk
briefings.unsign_issue            -          leader
briefings.withdraw_issue          -          leader
desk.accept_case                  own        clerk
desk.accept_case                  foreign    clerk
desk.accept_case                  restricted discip
desk.dispatch_case                own        clerk
desk.dispatch_case                foreign    clerk
desk.dispatch_case                restricted discip
desk.rebuild                      -          @all
desk.dispatch_cases               -          clerk superv
desk.take_back_dispatches         -          clerk
desk.export_cases                 -          @firm @staff
desk.save_view                    -          @firm @staff
desk.rename_view                  -          clerk
desk.prefer_view                  -          clerk
desk.remove_view                  -          clerk
desk.restore_view                 -          clerk
desk.confirm_case                 own        @firm
desk.confirm_case                 foreign
desk.confirm_case                 restricted
desk.refuse_answer                own        @firm
desk.refuse_answer                foreign
desk.refuse_answer                restricted
desk.withdraw_case                own        @firm
desk.withdraw_case                foreign
desk.withdraw_case                restricted
desk.note_file_opened             own        @all
desk.note_file_opened             foreign    @all
desk.note_file_opened             restricted @all
desk.load_history                 -          @all
desk.open_case                    own        @firm clerk officer
desk.open_case                    foreign    clerk officer
desk.add_to_case                  own        @firm
desk.add_to_case                  foreign
desk.add_to_case                  restricted
desk.attach_files                 own        @firm clerk handler
desk.attach_files                 foreign    clerk
desk.attach_files                 restricted discip
desk.read_case                    own        @all
desk.read_case                    foreign    @all
desk.read_case                    restricted @all
desk.sign_case                    own        handler
desk.sign_case                    foreign
desk.sign_case                    restricted discip
desk.note_contact                 own        handler
desk.note_contact                 foreign
desk.note_contact                 restricted discip
desk.plan_case                    own        handler
desk.plan_case                    foreign
desk.plan_case                    restricted discip
desk.note_progress                own        handler
desk.note_progress                foreign
desk.note_progress                restricted discip
desk.reply_to_case                own        handler
desk.reply_to_case                foreign
desk.reply_to_case                restricted discip
desk.return_case                  own        handler
desk.return_case                  foreign
desk.return_case                  restricted
notices.tell                      -          @all
notices.tell_later                -          @all
notices.open_notice               -          @all
notices.read_all                  -          @all
notices.unread_again              -          @all
notices.give_address              -          @all
notices.remove_address            -          @all
notices.set_wishes                -          @all
notices.add_robot                 -          admin
notices.switch_robot              -          admin
notices.remove_robot              -          admin
notices.test_outlet               -          admin
notices.send_again                -          admin
notices.give_up                   -          admin
portal.grant_deletion             -          security
portal.report_incident            -          security
portal.correct_incident           -          security
portal.note_authority_told        -          security
portal.note_persons_told          -          security
portal.note_persons_not_told      -          security
portal.settle_incident            -          security
portal.export_incidents           -          security
portal.send_again                 -          admin
registry.reveal_contact           own        clerk officer handler superv discip
registry.reveal_contact           foreign    clerk officer handler superv discip
registry.add_contact              own        chief
registry.add_contact              foreign
registry.correct_contact          own        chief
registry.correct_contact          foreign
registry.confirm_contact          own        chief
registry.confirm_contact          foreign
registry.remove_contact           own        chief
registry.remove_contact           foreign
registry.register_enterprises     -          clerk
registry.add_enterprise           -          clerk
registry.correct_enterprise       own        clerk
registry.correct_enterprise       foreign    clerk
registry.verify_enterprise        own        chief clerk
registry.verify_enterprise        foreign    clerk
registry.export_enterprises       -          @staff
registry.ask_for_correction       own        chief
registry.ask_for_correction       foreign
registry.approve_correction       own        clerk
registry.approve_correction       foreign    clerk
registry.reject_correction        own        clerk
registry.reject_correction        foreign    clerk
registry.withdraw_correction      own        chief
registry.withdraw_correction      foreign
registry.add_site                 own        clerk
registry.add_site                 foreign    clerk
registry.correct_site             -          clerk
registry.confirm_site             -          clerk
registry.make_main_site           -          clerk
registry.remove_site              -          clerk
registry.write_places             -          clerk
registry.correct_place            -          clerk
registry.keep_place_file          -          clerk
registry.write_place_file         -          clerk
registry.undo_place_file          -          clerk
registry.retire_place             -          clerk
registry.restore_place            -          clerk
registry.merge_enterprises        -          clerk
registry.undo_merge               -          clerk
registry.admit_member             own        clerk
registry.admit_member             foreign    clerk
registry.forget_person            staff      security
registry.forget_person            outside    security
registry.end_standing             -          security
registry.add_colleague            own        chief
registry.add_colleague            foreign
registry.set_colleague_rank       own        chief
registry.set_colleague_rank       foreign
registry.remove_colleague         own        chief
registry.remove_colleague         foreign
registry.give_colleague_code      own        chief clerk
registry.give_colleague_code      foreign    clerk
registry.appoint_staff            -          admin
registry.open_staff_account       -          admin
registry.change_posts             staff      admin
registry.change_posts             outside    admin
registry.export_people            -          security admin
registry.put_profile_in_force     -          admin
registry.load_chinese_holidays    -          admin
registry.send_registration        -          @all
registry.approve_registration     -          clerk
registry.reject_registration      -          clerk
registry.take_up_again            -          clerk
registry.reveal_registration      -          clerk
"""


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
    "accounts": lambda about: (
        NewAccount("somebody-new", "新人", (Role.ENTERPRISE_USER,) if about.is_outside else ()),
    ),
    "address": lambda _about: "203.0.113.9",
    "appointments": lambda _about: (),
    "as_admin": lambda _about: False,
    "batch_id": lambda about: about.world.batch.pk,
    "case_ids": lambda about: (about.row.case.pk,),
    "view_id": lambda about: about.world.view.pk,
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
    "form": lambda _about: "docx",
    "form_key": lambda _about: "a-form-of-this-trial",
    "gone_id": lambda about: about.world.rows["foreign"].enterprise.pk,
    "incident_id": lambda about: about.world.incident.pk,
    "is_admin": lambda _about: True,
    "is_restricted": lambda _about: False,
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
    "wanted": lambda _about: CaseFilter(),
    "with_second_factor": lambda _about: CodeUse.TOTP,
}
# Where the same name means something else.
GIVEN_TO: Mapping[str, object] = {
    "accounts.change_password.new": "no such password either",
    "accounts.begin_session.user": None,
    "accounts.export_trail.wanted": TrailFilter(),
    "notices.add_robot.address": ROBOT,
    "notices.add_robot.form": RobotForm.TEXT,
    "registry.add_enterprise.new": NEW_FIRM,
    "registry.add_site.new": NEW_SITE,
    "registry.correct_place.new": NewPlace("G1", "南门", "GATE", "", None),
    "registry.correct_site.new": NEW_SITE,
    "registry.export_enterprises.wanted": EnterpriseFilter(),
    "registry.export_people.wanted": PeopleFilter(),
    "registry.reveal_contact.reason": RevealReason.CALL,
}
STEP_OF: Mapping[str, Step] = {
    "desk.accept_case": Step.ACCEPT,
    "desk.dispatch_case": Step.DISPATCH,
    "desk.sign_case": Step.SIGN,
    "desk.note_contact": Step.CONTACT,
    "desk.plan_case": Step.PLAN,
    "desk.note_progress": Step.NOTE,
    "desk.reply_to_case": Step.REPLY,
    "desk.return_case": Step.RETURN,
    "desk.confirm_case": Step.CONFIRM,
    "desk.refuse_answer": Step.REFUSE,
    "desk.withdraw_case": Step.WITHDRAW,
    "desk.add_to_case": Step.ADD,
}


def trials() -> list[Trial]:
    """Return the lines of the table."""
    found = []
    for line in TABLE.strip().splitlines():
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
            yield key, GIVEN_TO[f"{name}.{key}"] or about.actor
        elif parameter.default is inspect.Parameter.empty or key in {"unit", "joins"}:
            yield key, GIVEN[key](about)


def people() -> tuple[str, ...]:
    """Return the roles that somebody can have who gives a command."""
    return ROLES[1:]


__all__ = ["Trial", "commands_of_people", "is_let_through", "people", "rows_of", "trials"]
