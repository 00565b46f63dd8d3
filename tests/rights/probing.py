"""How the probes ask: a page, a form, a command."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from shuniu.zone.kernel.refusals import Refusal
from tests.rights.matrix import CSRF, Matrix


def page_of(matrix: Matrix, role: str, url: str) -> str:
    return matrix.client_of(role).get(url).content.decode()


def posted(matrix: Matrix, role: str, url: str, fields: dict[str, str]) -> int:
    client = matrix.client_of(role)
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    headers = {"X-CSRFToken": CSRF, "Idempotency-Key": "a-key-of-a-small-probe"}
    return client.post(url, fields, headers=headers).status_code


def is_refused(command: Callable[[], object], status: int) -> bool:
    try:
        command()
    except Refusal as refusal:
        return refusal.status == status
    return False
