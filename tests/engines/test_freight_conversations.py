"""Whole exported chats: who says what, and what later messages do to earlier cards."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.freight.asking import questions_of
from shuniu.engines.extraction.freight.cards import Amount, Window
from shuniu.engines.extraction.freight.conversation import Conversation, read_conversation
from shuniu.engines.extraction.freight.export import (
    LONGEST_PASTE,
    MOST_MESSAGES,
    said_in,
    text_of,
)
from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2023, 3, 16, 12, 0, tzinfo=ZONE)
HOME = gazetteer_of("320614")
WECHAT = "—— 2023-03-15 ——\n\n老张  09:30\n\n海门到常州 2吨\n\n小李  09:31\n\n海门空车9.6去上海\n"
QQ = (
    "2023-03-15 9:30:12 老张(10001)\n海门到常州 2吨\n\n"
    "2023-03-15 9:31:00 小李<a@b.cn>\n海门空车9.6去上海\n"
)
WECOM = "老张 3月15日 09:30\n海门到常州 2吨\n小李 3/15 上午9:31\n海门空车9.6去上海"
ONE_LINE = "[2023/03/15 09:30] 老张：海门到常州 2吨\n[2023/03/15 09:31] 小李：海门空车9.6去上海"


def chat(*lines: str) -> Conversation:
    return read_conversation("\n".join(lines), NOW, HOME)


def acts(conversation: Conversation) -> list[tuple[str, str | None]]:
    return [(each.card.destinations[0].code, each.act) for each in conversation.posted]


@pytest.mark.parametrize("paste", [WECHAT, QQ, WECOM, ONE_LINE])
def test_every_form_of_export_tells_who_said_what_and_when(paste: str) -> None:
    said = said_in(paste, NOW)

    assert [(each.speaker, each.sent_at, each.text) for each in said] == [
        ("老张", datetime(2023, 3, 15, 9, 30, tzinfo=ZONE), "海门到常州 2吨"),
        ("小李", datetime(2023, 3, 15, 9, 31, tzinfo=ZONE), "海门空车9.6去上海"),
    ]
    assert [paste[each.start :].startswith(each.text) for each in said] == [True, True]


def test_times_of_a_message_count_from_when_it_was_said() -> None:
    conversation = chat("老张 2023-03-15 09:30", "海门到常州 2吨 明早装")

    assert conversation.posted[0].card.window == Window(
        datetime(2023, 3, 16, 6, tzinfo=ZONE), datetime(2023, 3, 16, 10, tzinfo=ZONE)
    )


def test_a_paste_without_names_is_one_message_of_now() -> None:
    said = said_in("海门到常州 2吨\n电话15400020001", NOW)

    assert [(each.speaker, each.sent_at) for each in said] == [(None, NOW)]


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("已走", "closed"),
        ("满了", "closed"),
        ("车找到了，谢谢", "closed"),
        ("上条作废", "withdrawn"),
        ("刚才那条取消", "withdrawn"),
        ("改成明天", "amended"),
        ("海门的路好堵", None),
    ],
)
def test_what_a_speaker_says_next_acts_on_the_own_last_card(words: str, act: str | None) -> None:
    conversation = chat(
        "老张 2023-03-15 09:30", "海门到常州 2吨", "小李 2023-03-15 09:31", "海门到无锡 3吨",
        "老张 2023-03-15 09:40", words,
    )  # fmt: skip

    assert acts(conversation) == [("320400", act), ("320200", None)]


def test_an_amended_card_keeps_what_the_amendment_does_not_name() -> None:
    conversation = chat(
        "老张 2023-03-15 09:30", "海门到常州 2吨 今天走 15400020001",
        "老张 2023-03-15 10:00", "改成5吨，明天下午",
    )  # fmt: skip

    (posted,) = conversation.posted
    assert posted.card.weight_t == Amount(5, 5)
    assert posted.card.window.depart_earliest_at == datetime(2023, 3, 16, 12, tzinfo=ZONE)
    assert posted.card.contact is not None
    assert (posted.card.contact.phone, posted.by) == ("15400020001", 1)
    fields = {span.field for span in posted.card.spans}
    assert fields == {"origin", "destinations", "contact"}


def test_a_place_says_which_card_is_meant() -> None:
    conversation = chat(
        "老张 2023-03-15 09:30", "海门到常州 2吨", "海门到无锡 3吨",
        "老张 2023-03-15 09:40", "常州的已走",
    )  # fmt: skip

    assert acts(conversation) == [("320400", "closed"), ("320200", None)]


def test_nobody_closes_the_card_of_another() -> None:
    conversation = chat(
        "老张 2023-03-15 09:30", "海门到常州 2吨", "小李 2023-03-15 09:40", "上条作废"
    )

    assert acts(conversation) == [("320400", None)]
    assert conversation.readings[1].why_none == "done"


def test_what_is_quoted_is_not_posted_again_not_even_a_quote_of_a_quote() -> None:
    inner = "「老张：海门到常州 2吨」\n- - - - - - - - -\n还有吗"
    conversation = chat(
        "老张 2023-03-15 09:30", "海门到常州 2吨",
        "老张 2023-03-15 09:40", f"「小李：{inner}」", "- - - - - - - - -", "已走",
    )  # fmt: skip

    assert acts(conversation) == [("320400", "closed")]
    assert conversation.said[1].text == "已走"


def test_a_head_with_a_day_that_does_not_exist_counts_as_the_message_before() -> None:
    said = said_in("老张 2023-03-15 09:30\n你好\n老张 2023-02-30 09:40\n海门到苏州 2吨", NOW)

    assert [each.sent_at for each in said] == [datetime(2023, 3, 15, 9, 30, tzinfo=ZONE)] * 2


def test_an_export_in_gbk_reads_like_one_in_utf_8_and_utf_16() -> None:
    assert [text_of(QQ.encode(form)) for form in ("gb18030", "utf-8", "utf-8-sig", "utf-16")] == (
        [QQ] * 4
    )


def test_a_paste_of_two_megabytes_is_read_up_to_its_limit() -> None:
    line = "老张 2023-03-15 09:30\n海门到常州 2吨\n"
    paste = line * (2_000_000 // len(line))

    said = said_in(paste, NOW)

    assert len(said) == MOST_MESSAGES
    assert all(each.start < LONGEST_PASTE for each in said)


def test_a_message_of_two_hundred_lines_gives_at_most_sixty_cards() -> None:
    lines = "\n".join(f"海门到常州 {1 + line % 30}吨" for line in range(200))

    assert len(read_message(lines, NOW, HOME).cards) == 60


def test_a_day_that_does_not_exist_leaves_the_window_empty_and_is_asked_for() -> None:
    (card,) = read_message("海门到常州 2吨 2月30号装 15400020001", NOW, HOME).cards

    assert (card.window, card.ambiguous) == (Window(), ("impossible_date",))
    assert questions_of(card) == ("departure",)


def test_no_weight_at_all_is_no_weight_and_is_asked_for() -> None:
    (card,) = read_message("海门到常州 纸箱 0吨 明天走 15400020001", NOW, HOME).cards

    assert card.weight_t == Amount(None, None)
    assert questions_of(card) == ("quantity",)


def test_more_than_a_truck_can_carry_is_doubted() -> None:
    (card,) = read_message("海门到常州 500吨 明天走 15400020001", NOW, HOME).cards

    assert (card.weight_t, card.ambiguous) == (Amount(500, 500), ("weight_implausible",))


def test_a_truck_from_nowhere_to_nowhere_is_asked_where_it_stands() -> None:
    reading = read_message("9米6高栏空车找货 15400020001", NOW, HOME)

    (card,) = reading.cards
    assert (card.origin, card.destinations, card.destination_mode) == (None, (), "any")
    assert questions_of(card) == ("origin", "departure")


def test_a_load_that_goes_where_it_stands_is_doubted() -> None:
    (card,) = read_message("海门到海门 2吨 明天走 15400020001", NOW, HOME).cards

    assert "same_ends" in card.ambiguous


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("已走，谢谢", "done"),
        ("招A2司机，月薪12000", "advert"),
        ("海门到徐州一般运费多少？9.6的", "market"),
        ("通知：本群禁止发广告", "notice"),
        ("大家早上好", "chat"),
        ("三吨货", "no_place"),
        ("海门", "too_little"),
    ],
)
def test_a_message_without_a_card_says_why(text: str, why: str) -> None:
    assert read_message(text, NOW, HOME).why_none == why


def test_a_moment_without_an_offset_is_a_callers_bug() -> None:
    with pytest.raises(InvalidProblem):
        read_conversation("海门到常州 2吨", datetime(2023, 3, 16), HOME)
