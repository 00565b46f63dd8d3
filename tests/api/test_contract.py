"""What the document says, and what is answered: asked at random, by every role."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from shuniu.config.api import described
from shuniu.zone.kernel.api import Body, Part
from tests.api.programs import key_of
from tests.rights.expectations import ROLES
from tests.rights.matrix import listening, undone
from tests.rights.world import World, make_world

QUICK = ("firm", "clerk")
FEW, MANY = 1, int(os.environ.get("API_EXAMPLES", "20"))
ASKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def classes(kind: type[Any]) -> set[type[Any]]:
    found: set[type[Any]] = set(kind.__subclasses__())
    for child in list(found):
        found |= classes(child)
    return found


def test_no_two_parts_of_the_document_share_a_name() -> None:
    named = Counter(one.__name__ for one in classes(Part) | classes(Body))

    assert [name for name, times in named.items() if times > 1] == []


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(described())
    several: Iterable[Any] = schema.get_all_operations()
    return [found.ok() for found in several]


def rows_of(world: World) -> dict[str, list[object]]:
    """Return the keys of rows that are there, by the name of the place in an address."""
    row, other = world.rows["own"], world.rows["foreign"]
    return {
        "case_id": [row.case.pk, other.case.pk],
        "file_id": [row.attachment.pk, other.attachment.pk],
        "enterprise_id": [row.enterprise.pk, other.enterprise.pk],
        "contact_id": [str(row.contact.pk), str(other.contact.pk)],
        "member_id": [row.membership.pk, other.membership.pk],
        "correction_id": [str(row.correction.pk)],
        "site_id": [row.site.pk],
        "place_id": [world.place.pk],
        "merge_id": [world.merge.pk],
        "registration_id": [str(world.registration.pk)],
        "person_id": [row.worker.pk],
        "import_id": [str(world.imported.pk)],
        "delivery_id": [world.delivery.pk],
        "position": [world.fact.position],
        "issue_id": [world.issue.pk],
        "view_id": [world.view.pk],
        "way_id": [str(world.robot.pk)],
        "message_id": [str(world.message.pk)],
        "request_id": [world.request.pk],
    }


@pytest.mark.parametrize("role", QUICK)
@pytest.mark.django_db
def test_every_answer_is_one_that_the_document_describes(role: str) -> None:
    ask_everything(role, FEW)


@pytest.mark.drill
@pytest.mark.parametrize("role", [role for role in ROLES if role != "out"])
@pytest.mark.django_db
def test_every_answer_to_every_role_is_one_that_the_document_describes(role: str) -> None:
    ask_everything(role, MANY)


def ask_everything(role: str, examples: int) -> None:
    """Ask every operation as a role, with requests made up from the document."""
    load_all_checks()
    checks = CHECKS.get_by_names(ASKED)
    world = make_world()
    rows, asker = rows_of(world), Asker(key_of(world.people[role]), checks)

    with listening():
        for operation in operations():
            operation.app = asker.app
            asker.ask(operation, rows, examples)

    assert asker.statuses[200] > 0
    assert asker.statuses[401] == 0


def closing(app: Any) -> Any:
    """Return an application that closes what it sends, as a server does.

    The connection stays: the test's transaction is open on it.
    """

    def answered(environ: Any, start: Any) -> list[bytes]:
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            pieces = app(environ, start)
            body = b"".join(pieces)
            pieces.close()
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        return [body]

    return answered


class Asker:
    """Asks every operation with cases made up from the document; of known rows as often as not."""

    def __init__(self, key: str, checks: list[Any]) -> None:
        self.app, self.checks = closing(get_wsgi_application()), checks
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
        self.statuses: Counter[int] = Counter()

    def ask(self, operation: Any, rows: dict[str, list[object]], examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), number=st.integers(0, 2))
        def once(case: Any, number: int) -> None:
            for name in rows.keys() & case.path_parameters.keys():
                if number < len(rows[name]):
                    case.path_parameters[name] = rows[name][number]
            with undone():
                answer = case.call(headers=self.headers)
                self.statuses[answer.status_code] += 1
                case.validate_response(answer, checks=self.checks)

        once()
