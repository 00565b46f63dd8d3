"""Putting a profile in force in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.profiles import load
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import ProfileVersion
from tests.clients import Client
from tests.factories import administrator

pytestmark = pytest.mark.usefixtures("zone")
HAIMEN = (Path(load.__file__).parent / "haimen.toml").read_text(encoding="utf-8")


@pytest.fixture
def admin(client: Client, zone: ProfileVersion) -> Client:  # noqa: ARG001  # the zone is there first
    client.force_login(administrator())
    return client


def send(client: Client, content: bytes, key: str = "0123456789") -> Any:
    file = SimpleUploadedFile("zone.toml", content)
    return client.post("/profile/", {"idempotency_key": key, "file": file})


def in_force() -> int:
    return ProfileVersion.objects.count()


def test_the_page_shows_the_zone_its_promises_and_the_years_known(admin: Client) -> None:
    page = admin.get("/profile/")

    assert page.status_code == 200
    assert page.context["years"] == (2020, 2021, 2022, 2023, 2024, 2025, 2026)
    assert [row.urgency for row in page.context["shown"].levels] == ["特急", "紧急", "一般", "不急"]
    assert "海门经济技术开发区" in page.text


def test_a_valid_profile_is_put_in_force(admin: Client) -> None:
    text = HAIMEN.replace('zh = "经济发展局"', 'zh = "经济发展一局"', 1)

    answer = send(admin, text.encode())

    assert (answer.status_code, answer["Location"], in_force()) == (302, "/profile/", 2)
    assert queries.office_of_code("econ_bureau").zh == "经济发展一局"
    assert "经济发展一局" in admin.get("/profile/").text


def test_a_file_with_a_byte_order_mark_is_read(admin: Client) -> None:
    text = HAIMEN.replace('zh = "经济发展局"', 'zh = "经济发展二局"', 1)

    assert send(admin, text.encode("utf-8-sig")).status_code == 302


def test_the_profile_in_force_is_not_put_in_force_again(admin: Client) -> None:
    answer = send(admin, HAIMEN.encode())

    assert (answer.status_code, in_force()) == (409, 1)


def test_every_error_of_a_profile_is_listed_with_its_place(admin: Client) -> None:
    facts = Fact.objects.count()
    text = HAIMEN.replace('language = "zh-hans"', 'language = "xx"', 1)
    text = text.replace('kind = "discipline"', 'kind = "police"', 1)
    text = text.replace('conflict_unit = "discipline_group"', 'conflict_unit = "nobody"', 1)

    answer = send(admin, text.encode())

    paths = [error.path for error in answer.context["form"].problems]
    assert (answer.status_code, in_force(), Fact.objects.count()) == (422, 1, facts)
    assert {"zone.language", "handling.conflict_unit"} <= set(paths)
    assert len(paths) >= 3
    assert [path for path in paths if path not in answer.text] == []


WITH_ERRORS = "配置有误，内容未作改动。逐条列出如下。"
NO_UTF_8 = "文件不是 UTF-8 文本，请另存为 UTF-8 后上传。"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[zone\n", WITH_ERRORS),
        (b"x = '''<script>alert(1)</script>", WITH_ERRORS),
        (b"", "所提交的是空文件。"),
        ("中文".encode("gb18030"), NO_UTF_8),
        (b"\x89PNG\r\n\x1a\n\x00\xff", NO_UTF_8),
        (b"# " + b"x" * 2_000_000, "配置文件应为不超过 1 MB 的文本文件。"),
    ],
    ids=["not TOML", "script", "empty", "not UTF-8", "a picture", "2 MB"],
)
def test_what_is_no_profile_is_refused_and_changes_nothing(
    admin: Client, content: bytes, sentence: str
) -> None:
    answer = send(admin, content)

    assert (answer.status_code, in_force()) == (422, 1)
    assert list(answer.context["form"].errors["file"]) == [sentence]
    assert "<script>alert" not in answer.text


def test_a_form_without_a_file_is_refused(admin: Client) -> None:
    answer = admin.post("/profile/", {"idempotency_key": "0123456789"})

    assert (answer.status_code, in_force()) == (422, 1)
