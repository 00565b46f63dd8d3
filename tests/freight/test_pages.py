"""The message box of the freight pool, and the table of its words."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuniu.zone.freight import services
from shuniu.zone.freight.choices import WordStep
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.kernel.models import Fact, KeptAnswer
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10, administrator, clerk, handler, service_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zone")]
CHAT = (
    "老张 2023-03-15 09:30\n海门到常州 纸箱2吨 今天走 15400020001\n"
    "小李 2023-03-15 09:31\n大家早上好\n"
    "老张 2023-03-15 09:40\n已走\n"
)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(clerk())
    return client


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_empty_box_says_what_to_paste(reader: Client) -> None:
    page = reader.get("/freight/").content.decode()

    assert "请原样粘贴" in page
    assert "应读作" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_exported_file_is_read_like_a_paste(reader: Client, encoding: str) -> None:
    file = SimpleUploadedFile("群聊.txt", CHAT.encode(encoding), content_type="text/plain")

    page = reader.post("/freight/read/", {"text": "", "file": file}).content.decode()

    assert page.count("<caption") == 1
    assert "常州市 (320400)" in page


@pytest.mark.parametrize(
    ("text", "data", "sentence"),
    [
        ("", b"", "请粘贴消息，或选择文件。"),
        ("海门到常州 2吨", CHAT.encode(), "文件和粘贴的文字，请只用一样。"),
        ("", b"PK\x03\x04\0\0", "这不是文本文件，请把聊天记录导出为文本 (.txt)。"),
        ("", b"a" * 2_000_001, "文件太大，请少导出几天，不超过 2 MB。"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    reader: Client, text: str, data: bytes, sentence: str
) -> None:
    sent = {"text": text, **({"file": SimpleUploadedFile("a.txt", data)} if data else {})}

    answer = reader.post("/freight/read/", sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_chat_shows_its_cards_and_why_a_message_has_none(reader: Client) -> None:
    page = reader.post("/freight/read/", {"text": CHAT}).content.decode()

    assert page.count("<caption") == 1
    for words in (
        '<mark>纸箱<span class="freight__label">货物</span></mark>',
        "常州市 (320400)",
        "已走或已满",
        "未生成：这像是闲聊。",
        "未生成：这句是说已走、已满、更改或作废。",
        "判为货源",
    ):
        assert words in page


def test_what_is_missing_is_asked_for(reader: Client) -> None:
    page = reader.post("/freight/read/", {"text": "求车到常州 纸箱2吨"}).content.decode()

    assert "请补问： 起点、时间、电话" in " ".join(page.split())


def test_reading_stores_nothing(reader: Client) -> None:
    before = Fact.objects.count(), KeptAnswer.objects.count()

    reader.post("/freight/read/", {"text": CHAT})

    assert (Fact.objects.count(), KeptAnswer.objects.count()) == before


def test_htmx_gets_only_what_was_read(reader: Client) -> None:
    page = reader.post("/freight/read/", {"text": CHAT}, HTTP_HX_REQUEST="true").content.decode()

    assert page.lstrip().startswith('<div id="freight-read"')
    assert "<html" not in page


def test_words_of_a_message_stand_on_the_page_as_words(reader: Client) -> None:
    text = "<script>alert(1)</script> 海门到常州 2吨"

    page = reader.post("/freight/read/", {"text": text}).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("text", ["", "海" * 300_001])
def test_no_words_or_too_many_are_asked_for_again(reader: Client, text: str) -> None:
    assert reader.post("/freight/read/", {"text": text}).status_code == 422


def test_a_correction_goes_to_the_table_and_is_read_once_it_is_taken(reader: Client) -> None:
    fields = {"word": "布码头", "means": "绍兴柯桥", "idempotency_key": uuid4().hex}

    answer = reader.post("/freight/words/new/", fields)
    row = GroupWord.objects.get()
    accepted = reader.post(f"/freight/words/{row.pk}/accept/", {"idempotency_key": uuid4().hex})
    page = reader.post("/freight/read/", {"text": "海门到布码头 坯布2吨"}).content.decode()

    assert (answer["Location"], accepted["Location"]) == ("/freight/words/", "/freight/words/")
    assert "绍兴市柯桥区 (330603)" in page
    assert '<mark>布码头<span class="freight__label">终点</span></mark>' in page


def test_a_correction_without_words_is_asked_for_again(reader: Client) -> None:
    fields = {"word": "布码头", "means": "", "idempotency_key": uuid4().hex}

    assert reader.post("/freight/words/new/", fields).status_code == 422
    assert not GroupWord.objects.exists()


def test_somebody_who_only_proposes_goes_back_to_the_box(client: Client) -> None:
    client.force_login(service_officer())
    fields = {"word": "布码头", "means": "绍兴柯桥", "idempotency_key": uuid4().hex}

    assert client.post("/freight/words/new/", fields)["Location"] == "/freight/"


def test_a_handler_has_no_message_box(client: Client) -> None:
    client.force_login(handler())

    assert client.get("/freight/").status_code == 403


def test_an_empty_table_says_where_words_come_from(client: Client) -> None:
    client.force_login(administrator())

    assert "还没有纠正过用词" in client.get("/freight/words/").content.decode()


def test_the_box_costs_what_is_written_down(reader: Client) -> None:
    assert queries_of(reader, "/freight/") == costs()["freight:messages"]


@pytest.mark.parametrize("words", [1, 3])
def test_the_table_costs_the_same_for_one_word_and_for_three(client: Client, words: int) -> None:
    keeper = clerk()
    for number in range(words):
        row = services.propose_word(
            word=f"码头{number}", means="海门", actor=keeper, now=THURSDAY_10
        )
        services.decide_word(word_id=row.pk, step=WordStep.ACCEPT, actor=keeper, now=THURSDAY_10)
    client.force_login(keeper)

    assert queries_of(client, "/freight/words/") == costs()["freight:words"]
