"""``shuniu account add``: open an account for a member of staff, with a password typed twice."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime

from shuniu.cli.zone import load_migrated_zone

ROLES = ("center_clerk", "unit_handler", "supervisor", "leader", "system_admin")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="open an account for a member of staff")
    add.add_argument("sign_in_name", help="the name to sign in with")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", required=True, action="append", choices=ROLES)
    add.add_argument("--office", help="code of the office in the profile, such as service_center")


def run(arguments: argparse.Namespace) -> int:
    """Ask for the password, judge it, and open the account."""
    load_migrated_zone()
    from django.contrib.auth.password_validation import (  # noqa: PLC0415  # see load_zone
        validate_password,
    )
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.db import IntegrityError  # noqa: PLC0415

    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry.queries import office_codes  # noqa: PLC0415

    if arguments.office and arguments.office not in office_codes():
        codes = ", ".join(office_codes())
        return _refuse(f"No office has the code {arguments.office}. Offices: {codes}")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        return _refuse("The two are not the same; nothing was done.")
    try:
        validate_password(password)
        _open(arguments, password, clock.now())
    except ValidationError as weak:
        return _refuse("\n".join(weak.messages))
    except IntegrityError:
        return _refuse(f"The sign-in name {arguments.sign_in_name} is taken.")
    return 0


def _open(arguments: argparse.Namespace, password: str, now: datetime) -> None:
    from django.db import transaction  # noqa: PLC0415  # see load_zone

    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415
    from shuniu.zone.accounts.services import NewAccount, open_accounts  # noqa: PLC0415
    from shuniu.zone.registry.queries import office_of_code  # noqa: PLC0415
    from shuniu.zone.registry.services import Appointment, appoint_staff  # noqa: PLC0415

    roles = tuple(Role(role) for role in arguments.role)
    account = NewAccount(arguments.sign_in_name, arguments.name, roles, password)
    with transaction.atomic():
        [user] = open_accounts(accounts=(account,), actor=None, now=now)
        if arguments.office:
            post = Appointment(user, office_of_code(arguments.office), "", is_head=False)
            appoint_staff(appointments=(post,), actor=None, now=now)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
