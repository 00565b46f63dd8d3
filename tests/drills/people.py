"""Make the people of a drill in the zone that the environment names: run as a child process.

One enterprise with people who write, a clerk, and the handlers of one office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shuniu.zone.registry.services import NewEnterprise

PASSWORD = "nine-drilled-lamps"
# What the apps of all of them make their codes from.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
OFFICE = "econ_bureau"
WRITERS = tuple(f"writer-{n}" for n in range(1, 7))
CLERK = "clerk-1"
HANDLERS = tuple(f"handler-{n:02}" for n in range(1, 21))


def make_people() -> None:
    """Open the accounts and give them their places. Names are the sign-in names."""
    from django.db import transaction  # noqa: PLC0415  # Django is loaded by now

    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415
    from shuniu.zone.accounts.models import SecondFactor  # noqa: PLC0415
    from shuniu.zone.accounts.services import NewAccount, open_accounts  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry import services  # noqa: PLC0415
    from shuniu.zone.registry.models import Office  # noqa: PLC0415

    now = clock.now()
    role_of = dict.fromkeys(WRITERS, Role.ENTERPRISE_USER)
    role_of |= {CLERK: Role.CENTER_CLERK}
    role_of |= dict.fromkeys(HANDLERS, Role.UNIT_HANDLER)
    accounts = tuple(NewAccount(name, name, (role,), PASSWORD) for name, role in role_of.items())
    with transaction.atomic():
        users = {u.name: u for u in open_accounts(accounts=accounts, actor=None, now=now)}
        [firm] = services.register_enterprises(enterprises=[_firm()], actor=None, now=now)
        for name in WRITERS:
            services.admit_member(user=users[name], enterprise=firm, actor=None, now=now)
        office = Office.objects.get(code=OFFICE)
        places = [services.Appointment(users[n], office, "", is_head=False) for n in HANDLERS]
        center = Office.objects.get(code="service_center")
        places.append(services.Appointment(users[CLERK], center, "", is_head=False))
        services.appoint_staff(appointments=places, actor=None, now=now)
        for name in (CLERK, *HANDLERS):
            SecondFactor(user=users[name], secret=SECRET, made_at=now, confirmed_at=now).save(
                force_insert=True
            )


def _firm() -> NewEnterprise:
    from shuniu.zone.registry.services import NewEnterprise  # noqa: PLC0415  # see above

    return NewEnterprise(
        name="海门操练有限公司",
        short_name="操练",
        credit_code="91320614MA00000001",
        industry_code="",
        is_above_scale=False,
        employees=None,
        scope="",
        products=(),
        inputs=(),
        address="",
        lon=None,
        lat=None,
    )


if __name__ == "__main__":
    import django

    django.setup()
    make_people()
