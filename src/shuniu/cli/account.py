"""``shuniu account``: open an account for a member of staff, or let somebody in again.

No password is typed or printed: each gives a one-time code, with which the person chooses one.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shuniu.cli.zone import load_migrated_zone

if TYPE_CHECKING:
    from shuniu.zone.accounts.models import User

ROLES = (
    "center_clerk",
    "service_officer",
    "unit_handler",
    "supervisor",
    "leader",
    "discipline_reader",
    "security_admin",
    "audit_admin",
    "system_admin",
)
CODE_LASTS = timedelta(hours=24)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="open an account for a member of staff")
    add.add_argument("sign_in_name", help="the name to sign in with")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", required=True, action="append", choices=ROLES)
    add.add_argument("--office", help="code of the office in the profile, such as service_center")
    code = actions.add_parser("code", help="make a one-time code for somebody who cannot get in")
    code.add_argument("sign_in_name", help="the name, or the mobile number, to sign in with")
    code.add_argument(
        "--new-second-factor",
        action="store_true",
        help="let the person set up two-step verification anew as well",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and print the code."""
    load_migrated_zone()
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel.refusals import Refusal  # noqa: PLC0415

    act = _add if arguments.action == "add" else _code
    try:
        return act(arguments, clock.now())
    except Refusal as refusal:
        return _refuse(str(refusal))


def _add(arguments: argparse.Namespace, now: datetime) -> int:
    from django.db import transaction  # noqa: PLC0415  # see load_zone

    from shuniu.zone.accounts.choices import ADMIN_ROLES, Role  # noqa: PLC0415
    from shuniu.zone.accounts.services import NewAccount, issue_code, open_accounts  # noqa: PLC0415
    from shuniu.zone.registry.queries import office_codes, office_of_code  # noqa: PLC0415
    from shuniu.zone.registry.services import Appointment, appoint_staff  # noqa: PLC0415

    if arguments.office and arguments.office not in office_codes():
        codes = ", ".join(office_codes())
        return _refuse(f"No office has the code {arguments.office}. Offices: {codes}")
    roles = tuple(Role(role) for role in dict.fromkeys(arguments.role))
    if len(ADMIN_ROLES.intersection(roles)) > 1:
        return _refuse("System, security and audit administration are never in one hand.")
    account = NewAccount(arguments.sign_in_name, arguments.name, roles)
    with transaction.atomic():
        [user] = open_accounts(accounts=(account,), actor=None, now=now)
        if arguments.office:
            post = Appointment(user, office_of_code(arguments.office), "", is_head=False)
            appoint_staff(appointments=(post,), actor=None, now=now)
        code = issue_code(user_id=user.pk, resets_second_factor=False, actor=None, now=now)
    _tell(user, code, now)
    return 0


def _code(arguments: argparse.Namespace, now: datetime) -> int:
    from shuniu.zone.accounts.queries import user_called  # noqa: PLC0415  # see load_zone
    from shuniu.zone.accounts.services import issue_code  # noqa: PLC0415

    user = user_called(arguments.sign_in_name)
    if user is None:
        return _refuse(f"Nobody signs in with {arguments.sign_in_name}.")
    code = issue_code(
        user_id=user.pk,
        resets_second_factor=arguments.new_second_factor,
        actor=None,
        now=now,
    )
    _tell(user, code, now)
    return 0


def _tell(user: User, code: str, now: datetime) -> None:
    from shuniu.zone.kernel.clock import local  # noqa: PLC0415  # see load_zone

    print(f"One-time code for {user.name} ({user.sign_in_name}): {code}")
    print(f"It works once, until {local(now + CODE_LASTS):%Y-%m-%d %H:%M}: open /enter/, write")
    print("the sign-in name and the code, and choose a password.")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
