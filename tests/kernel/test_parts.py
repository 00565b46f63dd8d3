"""The parts of a page: what they say, in Chinese, and that they hold together as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.templatetags import wording
from shuniu.zone.kernel.templatetags.part_data import (
    Attachment,
    Ball,
    Entry,
    Tab,
    TrendPoint,
    TrendProps,
)
from shuniu.zone.kernel.templatetags.samples import style_page

MONDAY_14_30 = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # 14:30 in Shanghai


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def render(source: str, **context: Any) -> str:
    values = {"now": MONDAY_14_30, **context}
    return Template("{% load parts %}" + source).render(Context(values)).strip()


def text_of(html: str) -> str:
    """Return what a person reads: no tags, spaces joined."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.mark.parametrize(
    ("stored", "name", "word"),
    [
        ("GREEN", "green", "按时"),
        ("BLUE", "blue", "临期"),
        ("YELLOW", "yellow", "滞后"),
        ("RED", "red", "超期"),
        ("PURPLE", "purple", "严重超期"),
        (None, "none", "无时限"),
    ],
)
def test_a_light_has_a_color_and_a_word(stored: str | None, name: str, word: str) -> None:
    html = render("{% light stored %}", stored=stored)

    assert (f'class="light light--{name}"' in html, text_of(html)) == (True, word)


def test_every_light_has_a_shape_of_its_own() -> None:
    outlines = [wording.light_look(name).outline for name in wording.every_light()]

    assert len(set(outlines)) == 6


def test_a_light_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        wording.light_look("orange")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 6, 30, tzinfo=UTC), "今天 14:30"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "今天 00:00"),
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "昨天 23:59"),
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "明天 09:00"),
        (datetime(2026, 11, 20, 1, 12, tzinfo=UTC), "11-20 09:12"),
        (datetime(2025, 12, 31, 1, 0, tzinfo=UTC), "2025-12-31"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "01-01 00:00"),
    ],
)
def test_a_moment_is_said_as_short_as_it_can_be(moment: datetime, words: str) -> None:
    assert text_of(render("{% moment at %}", at=moment)) == words


def test_a_moment_carries_its_full_form() -> None:
    assert render("{% moment at %}", at=MONDAY_14_30) == (
        '<time datetime="2026-11-23T14:30:00+08:00" title="2026年11月23日 周一 14:30">'
        "今天 14:30</time>"
    )


def test_without_the_current_moment_no_day_is_called_today() -> None:
    assert wording.moment_words(MONDAY_14_30, None) == "2026-11-23 14:30"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "今天"),
        (date(2026, 11, 20), "11-20 周五"),
        (date(2027, 1, 4), "2027-01-04"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "明天"),
    ],
)
def test_a_day_is_said_as_short_as_it_can_be(day: date, words: str) -> None:
    assert text_of(render("{% day day %}", day=day)) == words


@pytest.mark.parametrize("tag", ["moment", "day", "span", "due", "ball"])
def test_nothing_is_shown_for_nothing(tag: str) -> None:
    assert render("{% " + tag + " nothing %}", nothing=None) == ""


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=1), "1 分钟"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(hours=27, minutes=5), "1 天 3 小时"),
        (timedelta(days=2, minutes=5), "2 天"),
        (-timedelta(hours=1, minutes=30), "1 小时 30 分钟"),
    ],
)
def test_a_span_is_said_by_its_two_largest_units(span: timedelta, words: str) -> None:
    assert render("{% span length %}", length=span) == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9999)))
def test_a_span_never_has_more_than_two_units(span: timedelta) -> None:
    with translation.override("en"):
        assert len(wording.span_words(span).split(" ")) in {2, 4}


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(hours=27), "open", "还剩 1 天 3 小时"),
        (timedelta(hours=24), "near", "还剩 1 天"),
        (timedelta(0), "near", "还剩 不到 1 分钟"),
        (-timedelta(hours=2), "over", "已超 2 小时"),
    ],
)
def test_a_deadline_says_what_is_left(left: timedelta, state: str, words: str) -> None:
    look = wording.due_look(MONDAY_14_30 + left, MONDAY_14_30)

    assert (look.state, look.words) == (state, words)


def test_a_deadline_in_a_year_without_holidays_says_so() -> None:
    html = render("{% due at True %}", at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))

    assert text_of(html) == "2027-01-01 还剩 38 天 10 小时 2027 年节假日未导入，按周一至周五计算"


def test_the_ball_shows_unit_person_since_and_next_date() -> None:
    holder = Ball(
        unit="规划建设局",
        person="王芳",
        since_at=MONDAY_14_30 - timedelta(days=1),
        next_at=MONDAY_14_30 + timedelta(hours=3),
        next_step="方案时限",
    )

    assert text_of(render("{% ball holder %}", holder=holder)) == (
        "当前承办 规划建设局 王芳 开始于 昨天 14:30 方案时限 今天 17:30 还剩 3 小时"
    )


@pytest.mark.parametrize(
    ("value", "previous", "words"),
    [
        (14, 11, "受理 14 件 较昨天 +3"),
        (14, 16, "受理 14 件 较昨天 −2"),
        (14, 14, "受理 14 件 与昨天持平"),
        (14, None, "受理 14 件"),
        (None, 3, "受理 – 暂无数据 件"),
    ],
)
def test_a_figure_opens_its_rows_and_says_how_it_moved(
    value: int | None, previous: int | None, words: str
) -> None:
    source = '{% figure value "/cases/" "受理" previous "件" %}'

    html = render(source, value=value, previous=previous)

    assert ('href="/cases/"' in html, text_of(html)) == (True, words)


def test_two_forms_have_two_keys() -> None:
    keys = re.findall(
        r'name="idempotency_key" value="([0-9a-f-]{36})"', render("{% form_key %}" * 2)
    )

    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("15400000001", "154****0001"), ("82100001", "******01"), ("7", "*"), ("", ""), (None, "")],
)
def test_the_middle_of_a_phone_number_is_hidden(phone: str | None, shown: str) -> None:
    assert render("{{ phone|mask_phone }}", phone=phone) == shown


@given(st.text(alphabet="0123456789", min_size=6, max_size=20))
def test_a_masked_number_keeps_its_length_and_hides_most_digits(phone: str) -> None:
    masked = wording.masked_phone(phone)

    assert len(masked) == len(phone)
    assert masked.count("*") >= 4


class ContactForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="与证件一致", max_length=20)
    way = forms.ChoiceField(label="方式", widget=forms.RadioSelect, choices=[("A", "电话")])
    agrees = forms.BooleanField(label="同意", required=False)


def test_a_wrong_field_is_tied_to_its_help_and_its_error() -> None:
    html = render("{% field bound %}", bound=ContactForm({"way": "A"})["name"])

    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_a_group_of_choices_has_a_legend() -> None:
    html = render("{% field bound %}", bound=ContactForm()["way"])

    assert re.search(r"<legend[^>]*>方式</legend>", html)


def test_a_check_box_stands_before_its_words_and_is_marked_optional_nowhere() -> None:
    assert text_of(render("{% field bound %}", bound=ContactForm()["agrees"])) == "同意"


def test_the_pages_keep_the_filter() -> None:
    request = RequestFactory().get("/cases/?q=灯&page=2")

    html = render("{% pages page %}", page=Paginator(range(50), 20).page(2), request=request)

    assert re.findall(r'<a [^>]*href="([^"]+)"', html) == [
        "?q=%E7%81%AF&amp;page=1",
        "?q=%E7%81%AF&amp;page=3",
    ]
    assert text_of(html) == "上一页 第 2 页，共 3 页，50 条 下一页"


def test_one_page_needs_no_way_to_others() -> None:
    assert render("{% pages page %}", page=Paginator(range(5), 20).page(1)) == ""


def test_the_current_tab_is_marked() -> None:
    tabs = (Tab("全部", "/a/", is_current=True, count=0), Tab("我的", "/b/", is_current=False))

    html = render('{% tabs tabs "分类" %}', tabs=tabs)

    assert re.findall(r'href="([^"]+)" aria-current="page"', html) == ["/a/"]
    assert text_of(html) == "全部 0 我的"


def test_a_history_line_says_what_who_and_when() -> None:
    entries = (Entry(MONDAY_14_30, "已解决", "规划建设局", "已更换<灯具>", "check", "done"),)

    html = render("{% timeline entries %}", entries=entries)

    assert text_of(html) == "已解决 规划建设局 今天 14:30 已更换&lt;灯具&gt;"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (84_200, "84 kB"), (2_400_000, "2.4 MB")],
)
def test_a_file_shows_its_size(size_bytes: int, words: str) -> None:
    html = render("{% attachments files %}", files=(Attachment("a.pdf", "/a/", size_bytes),))

    assert text_of(html) == f"a.pdf {words}"


def test_a_trend_repeats_its_figures_as_a_table() -> None:
    props = TrendProps(
        "多少件？", "件", "line", (TrendPoint("11-22", 3), TrendPoint("11-23", None))
    )

    html = render('{% trend "t" props %}', props=props)

    assert '<script id="t-props" type="application/json">' in html
    table = html[html.index("<table") :]
    assert text_of(table) == "日期 件 11-22 3 11-23 –"


def test_an_empty_list_offers_what_to_do() -> None:
    html = render('{% empty_state "没有待办" "/new/" "提出诉求" %}')

    assert text_of(html) == "没有待办 提出诉求"


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    root = Path(__file__).parents[2]
    listed = set(json.loads((root / "assets" / "icons.json").read_text()))
    templates = (root / "src").rglob("*.html")

    named = {
        name
        for template in templates
        for name in re.findall(r'{% icon "([^"]+)" %}', template.read_text())
    }

    assert named - listed == set()


class Nesting(HTMLParser):
    """Counts what stays open and collects ids and what the content policy forbids."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "path", "circle", "use"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_style_page_shows_every_part_and_holds_together() -> None:
    request = RequestFactory().get("/styles/")
    page = Nesting()

    page.feed(
        render_to_string(
            "kernel/styles.html",
            {"style": style_page(MONDAY_14_30), "now": MONDAY_14_30, "request": request},
        )
    )

    assert page.open == []
    assert page.forbidden == []
    assert len(page.ids) == len(set(page.ids))
