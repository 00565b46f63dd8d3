"""The needs of the demo zone's last sixty working days and what became of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Literal

from shuniu.demo import plan
from shuniu.demo.enterprises import DemoEnterprise
from shuniu.demo.named import STRETCH_FILM_MAKER
from shuniu.demo.needs import ALL_SHEETS, FLOOD, POWER_CUT, STRETCH_FILM
from shuniu.demo.needs.sheet import Sensitivity, Sheet, Situation, Urgency
from shuniu.demo.office_hours import CHINA, OfficeHours
from shuniu.demo.people import DemoPerson
from shuniu.demo.steps import Course, DemoStep, Matter, Staff, course_of
from shuniu.demo.wording import LONGEST, SHORTEST, Deck, Frame, need_text, need_values

State = Literal[
    "submitted",
    "accepted",
    "dispatched",
    "returned",
    "signed",
    "in_progress",
    "replied",
    "closed",
    "reopened",
    "withdrawn",
]
STATE_AFTER: dict[plan.StepKind, State] = {
    "accepted": "accepted",
    "dispatched": "dispatched",
    "returned": "returned",
    "signed": "signed",
    "contacted": "signed",
    "planned": "in_progress",
    "progress": "in_progress",
    "replied": "replied",
    "confirmed": "closed",
    "auto_confirmed": "closed",
    "reopened": "reopened",
    "withdrawn": "withdrawn",
}
# Matters of plants that run: no software house and no building site asks about steam.
_MAKERS_ONLY = frozenset(
    {
        "utility_gas",
        "utility_heat",
        "utility_power",
        "utility_water",
        "environment",
        "safety",
        "green",
        "trade",
        "market",
        "permit",
    }
)
_MANUFACTURING = ("1", "2", "3", "4")
_PLACED = frozenset({"municipal", "transport", "environment", "safety", "ict"})


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A need of an enterprise and its way through the offices.

    Attributes
    ----------
    enterprise
        Index among the enterprises.
    office
        The office that owns the matter; a first dispatch may have gone elsewhere.
    location
        Where the matter is, if it is at a place.
    frame
        Which wording it was made from.
    event
        Name of the common problem that the case belongs to, if any.
    """

    enterprise: int
    channel: plan.Channel
    text: str
    category: str
    subcategory: str
    office: str
    urgency: Urgency
    sensitivity: Sensitivity
    submitted_at: datetime
    location: str | None
    steps: tuple[DemoStep, ...]
    frame: str
    event: str | None = None

    @property
    def state(self) -> State:
        """The state after the last step."""
        return STATE_AFTER[self.steps[-1].kind] if self.steps else "submitted"


@dataclass(frozen=True, slots=True)
class Event:
    """A common problem: several enterprises of one road report it on one morning."""

    name: str
    sheet: Sheet
    road: str
    working_days_ago: int
    starts: time
    reports: int


EVENTS = (
    Event("power-cut", POWER_CUT, "深圳路", 5, time(9, 40), 5),
    Event("flooded-road", FLOOD, "滨江大道", 12, time(8, 10), 4),
)
STORY = "stretch-film"
STORY_WORKING_DAYS_AGO = 15


def cases(
    rng: Random,
    *,
    now: datetime,
    working_days: tuple[date, ...],
    enterprises: tuple[DemoEnterprise, ...],
    staff: tuple[DemoPerson, ...],
) -> tuple[DemoCase, ...]:
    """Return about 1,500 cases in the order of their submission.

    Parameters
    ----------
    now
        Moment in the zone's time (+08:00); nothing happens at or after it.
    working_days
        The last sixty working days in rising order; the last one is the demo's day.

    Raises
    ------
    ValueError
        If ``now`` lies before the last working day or there are fewer than twenty days.
    """
    if now.astimezone(CHINA).date() < working_days[-1]:
        raise ValueError("The demo's moment lies before its last working day.")
    if len(working_days) <= STORY_WORKING_DAYS_AGO + 5:
        raise ValueError("The demo needs more working days to tell its stories.")
    desk = _Desk(rng, now.astimezone(CHINA), working_days, enterprises, Staff(staff))
    made = [*desk.story(), *desk.events(), *desk.everyday()]
    return tuple(sorted(made, key=lambda case: case.submitted_at))


class _Desk:
    """Makes the cases; remembers which texts and frames are used up."""

    def __init__(
        self,
        rng: Random,
        now: datetime,
        working_days: tuple[date, ...],
        enterprises: tuple[DemoEnterprise, ...],
        staff: Staff,
    ) -> None:
        self.rng = rng
        self.now = now
        self.working_days = working_days
        self.enterprises = enterprises
        self.staff = staff
        self.hours = OfficeHours(working_days)
        self.sheets = {sheet.category: sheet for sheet in ALL_SHEETS}
        self.decks = {sheet.category: Deck.of(rng, sheet) for sheet in ALL_SHEETS}
        # Plants above scale have more to ask than a workshop of ten people.
        self.shares = [3 if it.above_scale else 1 for it in enterprises]
        self.texts: set[str] = set()

    def everyday(self) -> Iterator[DemoCase]:
        """Yield the needs of every day."""
        moments = plan.arrivals(self.rng, self.working_days, self.now)
        ages = [self._age(moment) for moment in moments]
        kinds = plan.categories(self.rng, len(moments))
        for moment, category, fate in zip(moments, kinds, plan.fates(self.rng, ages), strict=True):
            yield self._fresh_case(category, moment, fate)

    def events(self) -> Iterator[DemoCase]:
        """Yield the reports of the common problems."""
        for event in EVENTS:
            deck = Deck.of(self.rng, event.sheet)
            there = [i for i, it in enumerate(self.enterprises) if it.road == event.road]
            day = self.working_days[-1 - event.working_days_ago]
            moment = datetime.combine(day, event.starts, CHINA)
            feeder = {"feeder": "深珠线", "road": event.road}
            for number in self.rng.sample(there, min(event.reports, len(there))):
                moment = plan.minutes_after(self.rng, moment)
                frame = deck.draw()
                yield self._case(event.sheet, frame, number, moment, fixed=feeder, event=event.name)

    def story(self) -> Iterator[DemoCase]:
        """Yield the stretch film's way from a full warehouse to buyers next door."""
        names = [it.short_name for it in self.enterprises]
        maker = names.index(STRETCH_FILM_MAKER)
        day = self.working_days[-1 - STORY_WORKING_DAYS_AGO]
        moment = datetime.combine(day, time(9, 12, 40), CHINA)
        frame = Deck.of(self.rng, STRETCH_FILM).draw()
        yield self._case(STRETCH_FILM, frame, maker, moment, event=STORY)

    def _somebody_who_knows(self, situation: Situation) -> int:
        """Return an enterprise of the industries that know the situation."""
        if situation.category in _MAKERS_ONLY or situation.industries:
            first_digits = situation.industries or _MANUFACTURING
            makers = [
                number
                for number, it in enumerate(self.enterprises)
                if it.above_scale and it.industry_code.startswith(first_digits)
            ]
            return self.rng.choice(makers)
        return self.rng.choices(range(len(self.enterprises)), self.shares)[0]

    def _age(self, moment: datetime) -> int:
        return len(self.working_days) - 1 - bisect_left(self.working_days, moment.date())

    def _fresh_case(self, category: str, moment: datetime, fate: plan.Fate) -> DemoCase:
        sheet = self.sheets[category]
        while True:
            frame = self.decks[category].draw()
            number = self._somebody_who_knows(frame.situation)
            case = self._case(sheet, frame, number, moment, fate=fate)
            if SHORTEST <= len(case.text) <= LONGEST and case.text not in self.texts:
                self.texts.add(case.text)
                return case

    def _case(
        self,
        sheet: Sheet,
        frame: Frame,
        number: int,
        moment: datetime,
        *,
        fate: plan.Fate = "plain",
        fixed: dict[str, str] | None = None,
        event: str | None = None,
    ) -> DemoCase:
        rng, situation = self.rng, frame.situation
        fate = _allowed(fate, situation)
        values = need_values(rng, self.enterprises[number], moment, situation) | (fixed or {})
        urgency = situation.urgency
        if event == STORY:
            text = situation.asks[frame.number].format_map(values)
        else:
            text = need_text(rng, frame, values, urgent=urgency in ("critical", "high"))
        answer = rng.choice(situation.answers_to(frame.number))
        matter = Matter(sheet, situation, answer, values, fate, moment)
        course = Course.begin(rng, matter, self.staff)
        beats = plan.told_to_the_end(rng) if event == STORY else None
        return DemoCase(
            enterprise=number,
            channel="visit" if beats else plan.channel(rng, moment, urgency),
            text=text,
            category=situation.category,
            subcategory=situation.subcategory,
            office=situation.office,
            urgency=urgency,
            sensitivity=situation.sensitivity,
            submitted_at=moment,
            location=_location(rng, situation.category, values),
            steps=course_of(course, beats or plan.beats(rng, urgency, fate), self.hours, self.now),
            frame=frame.key if event is None else f"{event}.{frame.number}",
            event=event,
        )


def _allowed(fate: plan.Fate, situation: Situation) -> plan.Fate:
    """Return the fate, or a plain one where it would be absurd.

    Nobody sends a thank-you back, and in an emergency nobody lets a week pass.
    """
    if situation.category in ("praise", "integrity"):
        return "plain"
    if situation.urgency == "critical" and fate not in ("returned", "awaits_dispatch"):
        return "plain"
    return fate


def _location(rng: Random, category: str, values: dict[str, str]) -> str | None:
    if category not in _PLACED and not category.startswith("utility"):
        return None
    if rng.random() < 0.3:
        return None
    return rng.choice(
        (
            f"{values['road']}与{values['cross']}路口",
            f"{values['road']}{values['short']}{values['gate']}",
            f"{values['short']}{values['shop']}",
            f"{values['road']}北侧",
        )
    )
