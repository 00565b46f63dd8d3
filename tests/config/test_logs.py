"""Logs are one JSON object a line, and tell nothing of a person."""

from __future__ import annotations

import json
import logging
import logging.config
from io import StringIO
from typing import Any

import pytest
import structlog
from pytest_django import Settings

from shuniu.config.logs import LOGGING
from shuniu.config.worker import run_deliveries
from shuniu.zone.accounts import facts
from shuniu.zone.kernel.models import Delivery
from shuniu.zone.kernel.services import record_fact
from tests.clients import Client
from tests.factories import THURSDAY_10, UserFactory

PHONE = "15400012345"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what has been logged so far, line by line, each read as JSON."""
    stream = StringIO()
    formatter = LOGGING["formatters"]["json"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    for name in ("shuniu", "django"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    logging.getLogger("shuniu").setLevel(logging.INFO)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_object_with_its_fields(lines: Any) -> None:
    structlog.get_logger("shuniu.test").info("case_opened", case=17, text="两行\n字")

    (line,) = lines()
    moment = line.pop("timestamp")
    assert line == {
        "event": "case_opened",
        "case": 17,
        "text": "两行\n字",
        "level": "info",
        "logger": "shuniu.test",
    }
    assert moment.endswith("Z")


def test_a_fault_says_where_it_happened_and_not_with_what(lines: Any) -> None:
    try:
        int(PHONE + "x")
    except ValueError:
        structlog.get_logger("shuniu.test").exception("it_failed")

    (line,) = lines()
    assert line["exception"].splitlines()[-1] == "ValueError"
    assert "test_logs.py" in line["exception"]
    assert PHONE not in json.dumps(line)


def test_a_chain_of_faults_is_told_from_the_first_on(lines: Any) -> None:
    try:
        try:
            raise KeyError(PHONE)  # noqa: TRY301  # the first of the chain
        except KeyError as error:
            raise LookupError(PHONE) from error
    except LookupError:
        logging.getLogger("django.test").exception("it_failed")

    (line,) = lines()
    words = line["exception"].splitlines()
    assert [word for word in words if word in {"KeyError", "LookupError"}] == [
        "KeyError",
        "LookupError",
    ]
    assert PHONE not in json.dumps(line)


@pytest.mark.usefixtures("zone")
def test_a_reaction_that_fails_is_logged_without_what_it_said(
    lines: Any, settings: Settings
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.FAILING"
    Delivery.objects.all().delete()
    fact = record_fact(
        facts.SignedIn(user_id=7, session_id=1, second_factor="TOTP"), actor=None, at=THURSDAY_10
    )

    run_deliveries(THURSDAY_10)

    (line,) = lines()
    assert (line["event"], line["fact"]) == ("delivery_failed", fact.pk)
    assert line["reaction"] == "tests.kernel.reactions.fail"
    assert line["exception"].splitlines()[-1] == "ConnectionError"
    assert PHONE not in json.dumps(line)


@pytest.mark.urls("tests.kernel.pages")
@pytest.mark.usefixtures("zone")
def test_a_fault_of_a_page_is_logged_without_cookie_form_or_name(
    lines: Any, client: Client
) -> None:
    client.force_login(UserFactory.create(name="沈样例"))
    client.raise_request_exception = False

    client.post("/count/", {"idempotency_key": "0123456789", "answer": "break", "phone": PHONE})

    (line,) = lines()
    text = json.dumps(line, ensure_ascii=False)
    assert (line["event"], line["level"]) == ("request_failed", "error")
    assert (line["address"], line["status"]) == ("tests.kernel.pages.count", 500)
    assert [word for word in (PHONE, "沈样例", "sessionid") if word in text] == []


@pytest.mark.usefixtures("zone")
def test_an_address_that_does_not_exist_is_logged_without_what_was_written_into_it(
    lines: Any, client: Client
) -> None:
    client.get(f"/{PHONE}%0D%0A/")

    (line,) = lines()
    line.pop("timestamp")
    assert line == {
        "event": "request_refused",
        "address": "",
        "status": 404,
        "level": "warning",
        "logger": "django.request",
    }
