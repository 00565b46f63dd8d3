"""Write 1,000 known names and phone numbers by the commands of the product, and look at some.

Run as a child process in a place of drills.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

CODE = "91320614MA00000002"
VALUES = 1_000
FIRST_PHONE = 15_477_000_000
NAME = "秘样"
LOOKED_AT = 20


def names() -> list[str]:
    """Return 500 names that stand nowhere else."""
    return [f"{NAME}{number:03}" for number in range(VALUES // 2)]


def phones() -> list[str]:
    """Return 500 phone numbers that nobody has."""
    return [str(FIRST_PHONE + number) for number in range(VALUES // 2)]


def write_values() -> None:
    """Register an enterprise with 500 contacts, find and reveal some as a clerk in the browser."""
    from django.conf import settings  # noqa: PLC0415  # Django is loaded by now
    from django.urls import reverse  # noqa: PLC0415

    from shuniu.zone.accounts.models import User  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry import services  # noqa: PLC0415
    from shuniu.zone.registry.models import Contact  # noqa: PLC0415
    from tests.clients import Client  # noqa: PLC0415
    from tests.drills.people import CLERK, _firm  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    contacts = tuple(
        services.NewContact(name, "在表里的职务", phone)
        for name, phone in zip(names(), phones(), strict=True)
    )
    new = replace(_firm(), name="海门已知值有限公司", credit_code=CODE, contacts=contacts)
    services.register_enterprises(enterprises=[new], actor=None, now=clock.now())
    client = Client()
    client.force_login(User.objects.get(sign_in_name=CLERK))
    for contact in Contact.objects.filter(title="在表里的职务")[:LOOKED_AT]:
        url = reverse("registry:contact-reveal", args=[contact.pk])
        page = client.post(url, {"idempotency_key": uuid.uuid4().hex, "reason": "CALL"})
        assert contact.phone in page.text


if __name__ == "__main__":
    import django

    django.setup()
    write_values()
