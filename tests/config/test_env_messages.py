"""The variables of what leaves the building: off by themselves, and told what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuniu.config.env import WECOM, BadEnvironment, Environment, read_environment

GOOD = {"SHUNIU_SMTP_HOST": "smtp.example.cn", "SHUNIU_SMTP_FROM": "hub@example.cn"}


def read(folder: Path, **values: str) -> Environment:
    return read_environment({"SHUNIU_HOME": str(folder), **values})


def test_nothing_goes_out_by_itself(tmp_path: Path) -> None:
    found = read(tmp_path)

    assert (found.mail, found.wecom) == (None, WECOM)


def test_a_server_and_a_sender_are_enough_and_the_connection_is_safe(tmp_path: Path) -> None:
    mail = read(tmp_path, **GOOD).mail

    assert mail is not None
    assert (mail.host, mail.port, mail.tls, mail.user) == ("smtp.example.cn", 587, "starttls", "")


def test_no_password_is_shown(tmp_path: Path) -> None:
    given = {**GOOD, "SHUNIU_SMTP_USER": "hub", "SHUNIU_SMTP_PASSWORD": "very-secret"}

    assert "very-secret" not in repr(read(tmp_path, **given))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SHUNIU_SMTP_HOST": "smtp.example.cn"}, "SHUNIU_SMTP_FROM"),
        ({"SHUNIU_SMTP_FROM": "hub@example.cn"}, "SHUNIU_SMTP_HOST"),
        ({**GOOD, "SHUNIU_SMTP_FROM": "hub@example.cn\nBcc: x@y.cn"}, "SHUNIU_SMTP_FROM"),
        ({**GOOD, "SHUNIU_SMTP_FROM": "Hub <hub@example.cn>"}, "SHUNIU_SMTP_FROM"),
        ({**GOOD, "SHUNIU_SMTP_PORT": "70000"}, "SHUNIU_SMTP_PORT"),
        ({**GOOD, "SHUNIU_SMTP_TLS": "yes"}, "SHUNIU_SMTP_TLS"),
        ({**GOOD, "SHUNIU_SMTP_USER": "hub"}, "SHUNIU_SMTP_PASSWORD"),
        (
            {
                **GOOD,
                "SHUNIU_SMTP_TLS": "none",
                "SHUNIU_SMTP_USER": "hub",
                "SHUNIU_SMTP_PASSWORD": "x",
            },
            "SHUNIU_SMTP_TLS",
        ),
        ({"SHUNIU_WECOM_ADDRESS": "http://wecom.example.cn"}, "SHUNIU_WECOM_ADDRESS"),
        ({"SHUNIU_WECOM_ADDRESS": "https://a@wecom.example.cn"}, "SHUNIU_WECOM_ADDRESS"),
        ({"SHUNIU_WECOM_ADDRESS": "wecom"}, "SHUNIU_WECOM_ADDRESS"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(BadEnvironment) as refused:
        read(tmp_path, **given)

    [problem] = refused.value.problems
    assert named in problem
