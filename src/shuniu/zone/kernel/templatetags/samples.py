"""What the style page shows: every part in every state, made up, at a moment that is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext, gettext_lazy

from shuniu.zone.kernel.templatetags import wording
from shuniu.zone.kernel.templatetags.part_data import (
    Attachment,
    Ball,
    Entry,
    Tab,
    Tone,
    TrendPoint,
    TrendProps,
)


class SampleForm(forms.Form):
    """One field of each kind; bound with too little, it shows its errors."""

    title = forms.CharField(
        label=gettext_lazy("What is it about"), help_text=gettext_lazy("A few words are enough.")
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=(("WATER", gettext_lazy("Water and power")), ("ROAD", gettext_lazy("Roads"))),
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        widget=forms.RadioSelect,
        choices=(("NORMAL", gettext_lazy("Normal")), ("URGENT", gettext_lazy("Urgent"))),
    )
    may_call = forms.BooleanField(label=gettext_lazy("You may call me back"), required=False)
    photos = forms.FileField(label=gettext_lazy("Photos"), required=False)


@dataclass(frozen=True, slots=True)
class SampleState:
    """A tone with a word that would stand in it."""

    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A line of the sample list."""

    number: str
    title: str
    enterprise: str
    light: str
    state: str
    tone: Tone
    due_at: datetime
    amount: int


@dataclass(frozen=True, slots=True)
class StylePage:
    """The context of ``kernel/styles.html``."""

    now: datetime
    lights: tuple[str, ...]
    states: tuple[SampleState, ...]
    moments: tuple[datetime, ...]
    spans: tuple[timedelta, ...]
    soon_at: datetime
    late_at: datetime
    next_year_at: datetime
    ball: Ball
    tabs: tuple[Tab, ...]
    rows: tuple[SampleRow, ...]
    page: Page[int]
    entries: tuple[Entry, ...]
    files: tuple[Attachment, ...]
    line: TrendProps
    bars: TrendProps
    empty_form: SampleForm
    wrong_form: SampleForm


def style_page(now: datetime) -> StylePage:
    """Return one of everything."""
    hours = timedelta(hours=1)
    return StylePage(
        now=now,
        lights=wording.every_light(),
        states=(
            SampleState("neutral", gettext("New")),
            SampleState("active", gettext("In work")),
            SampleState("waiting", gettext("Waiting for you")),
            SampleState("done", gettext("Done")),
            SampleState("refused", gettext("Sent back")),
        ),
        moments=(now, now - 24 * hours, now + 24 * hours, now - 72 * hours, now - 400 * 24 * hours),
        spans=(timedelta(seconds=20), 2.5 * hours, 51 * hours),
        soon_at=now + 3 * hours,
        late_at=now - 50 * hours,
        next_year_at=now + 366 * 24 * hours,
        ball=Ball(
            unit=gettext("Planning and construction"),
            person=gettext("Ms Sample"),
            since_at=now - 26 * hours,
            next_at=now + 27 * hours,
            next_step=gettext("Plan due"),
        ),
        tabs=(
            Tab(gettext("All"), "#lists", is_current=True, count=42),
            Tab(gettext("Mine"), "#forms", is_current=False, count=3),
            Tab(gettext("Done"), "#states", is_current=False),
        ),
        rows=_rows(now),
        page=Paginator(range(1, 101), 20).page(2),
        entries=_entries(now),
        files=(
            Attachment(gettext("Photo of the crossing.jpg"), "#files", 2_400_000),
            Attachment(gettext("Letter.pdf"), "#files", 84_200),
        ),
        line=_trend("line", now),
        bars=_trend("bar", now),
        empty_form=SampleForm(prefix="empty"),
        wrong_form=SampleForm({"wrong-text": gettext("The lamp is out.")}, prefix="wrong"),
    )


def _rows(now: datetime) -> tuple[SampleRow, ...]:
    titles = (
        gettext("Street lamp at the north gate is out"),
        gettext("Bus line for the late shift"),
        gettext("Drain blocked after rain"),
        gettext(
            "Power drops every afternoon in hall 3, the machines stop and have to be set up again"
        ),
        gettext("Question about the housing subsidy"),
    )
    days = (6, 1, 2, -1, -5)
    tones: tuple[Tone, ...] = ("neutral", "waiting", "active", "active", "refused")
    states = (
        gettext("New"),
        gettext("Waiting for you"),
        gettext("In work"),
        gettext("In work"),
        gettext("Sent back"),
    )
    return tuple(
        SampleRow(
            number=f"S-2026-{index:04}",
            title=title,
            enterprise=gettext("Sample Machines Ltd"),
            light=light,
            state=state,
            tone=tone,
            due_at=now + timedelta(days=day, hours=2),
            amount=index * 1250,
        )
        for index, (title, light, state, tone, day) in enumerate(
            zip(titles, wording.every_light(), states, tones, days, strict=False), start=1
        )
    )


def _entries(now: datetime) -> tuple[Entry, ...]:
    unit, clerk = gettext("Planning and construction"), gettext("Service center")
    hour = timedelta(hours=1)
    return (
        Entry(
            now - hour,
            gettext("Sent back"),
            clerk,
            gettext("The lamp is still out."),
            "arrow-back-up",
            "refused",
        ),
        Entry(now - 5 * hour, gettext("Solved"), unit, gettext("Lamp replaced."), "check", "done"),
        Entry(now - 26 * hour, gettext("Waiting for you"), unit, "", "player-pause", "waiting"),
        Entry(now - 50 * hour, gettext("In work"), unit, "", "player-play", "active"),
        Entry(now - 51 * hour, gettext("New"), gettext("Sample Machines Ltd"), "", "inbox"),
    )


def _trend(kind: str, now: datetime) -> TrendProps:
    values = (12, 9, 15, None, 22, 18, 11, 14, 19, 25, 17, 13, 16, 21)
    first = wording.local(now).date() - timedelta(days=len(values) - 1)
    points = tuple(
        TrendPoint(f"{first + timedelta(days=index):%m-%d}", value)
        for index, value in enumerate(values)
    )
    return TrendProps(
        question=gettext("How many needs came in each day?"),
        unit=gettext("cases"),
        kind="bar" if kind == "bar" else "line",
        points=points,
    )
