"""The steps of a case: who did what when, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from shuniu.demo import remarks
from shuniu.demo.needs.sheet import Answer, Outcome, Sheet, Situation
from shuniu.demo.office_hours import OfficeHours, spoken_date, weekday_after
from shuniu.demo.people import CENTER, DemoPerson
from shuniu.demo.plan import Beat, Fate, StepKind
from shuniu.demo.wording import answer_text, promised_dates

ActorRole = Literal["enterprise", "system", "center_clerk", "unit_handler", "supervisor"]
Verdict = Literal["yes", "partly", "explained", "no"]
DISCIPLINE = "纪检监察组"

# Offices to which a clerk might send a need by mistake, by the office that owns it.
_MISTAKEN_FOR = {
    CENTER: "经济发展局",
    "经济发展局": CENTER,
    "行政审批局": "规划建设局",
    "项目办": "行政审批局",
    "规划建设局": "国资平台公司",
    "自然资源分局": "规划建设局",
    "生态环境分局": "行政审批局",
    "应急管理局": "生态环境分局",
    "交警中队": "规划建设局",
    "招商局": "国资平台公司",
    "国资平台公司": "招商局",
    "人力资源服务中心": "科技人才局",
    "科技人才局": "人力资源服务中心",
    "财政局": "经济发展局",
    "财政局(金融办)": "经济发展局",
    "税务分局": "财政局",
    "海关办事处": "经济发展局",
    "供电公司": "规划建设局",
    "水务公司": "规划建设局",
    "燃气公司": "规划建设局",
    "热电公司": "供电公司",
    "货车闭环专班": "交警中队",
    "防疫专班": CENTER,
    DISCIPLINE: CENTER,
}


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A step of a case.

    Attributes
    ----------
    actor
        Index of the person among the staff; ``None`` for the enterprise and the system.
    office
        For ``dispatched`` the office that gets the case, for ``returned`` the one suggested.
    planned_on
        For ``planned`` the day by which the office wants to be done.
    solved, rating
        For ``confirmed`` what the enterprise says, the rating from 1 to 5.
    """

    kind: StepKind
    at: datetime
    actor: int | None
    role: ActorRole
    text: str
    office: str | None = None
    planned_on: date | None = None
    solved: Verdict | None = None
    rating: int | None = None


class Staff:
    """The staff by what they do in a case; persons are indices."""

    def __init__(self, people: tuple[DemoPerson, ...]) -> None:
        self.people = people
        self.clerks = self._with_role("center_clerk")
        self.supervisors = self._with_role("supervisor")
        self._handlers: dict[str, list[int]] = {}
        self._heads: dict[str, int] = {}
        for number in self._with_role("unit_handler"):
            office = people[number].office or CENTER
            self._handlers.setdefault(office, []).append(number)
            if people[number].is_head:
                self._heads[office] = number

    def _with_role(self, role: str) -> list[int]:
        return [number for number, person in enumerate(self.people) if role in person.roles]

    def handler(self, rng: Random, office: str) -> int:
        """Return somebody of the office who handles cases; the head does so seldom."""
        usual = [number for number in self._handlers[office] if number != self._heads[office]]
        return rng.choice(usual) if rng.random() < 0.93 else self._heads[office]

    def head(self, office: str) -> int:
        """Return the head of the office."""
        return self._heads[office]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about, as far as its steps speak of it."""

    sheet: Sheet
    situation: Situation
    answer: Answer
    values: dict[str, str]
    fate: Fate
    submitted_at: datetime


@dataclass(slots=True)
class Course:
    """Writes the steps of one case, one beat after the other."""

    rng: Random
    matter: Matter
    staff: Staff
    clerk: int
    handler: int
    visited_on: date | None = None
    dispatches: int = 0
    at: datetime = field(init=False)
    dates: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, rng: Random, matter: Matter, staff: Staff) -> Course:
        """Return the course of a case with its clerk and its handler chosen."""
        office = matter.situation.office
        # Nobody outside the discipline group may see what is restricted.
        closed = matter.situation.sensitivity == "restricted"
        clerk = staff.head(office) if closed else rng.choice(staff.clerks)
        return cls(rng, matter, staff, clerk, staff.handler(rng, office))

    def step(self, beat: Beat, at: datetime) -> DemoStep:
        """Return the step of a beat that happens at ``at``."""
        self.at = at
        self.dates = promised_dates(self.rng, at.date())
        return _WRITERS[beat.kind](self, beat)

    def words(self, lines: tuple[str, ...]) -> str:
        """Return one of the lines, filled; none twice in a case while others are left."""
        fresh = [line for line in lines if line not in self.said] or lines
        line = self.rng.choice(fresh)
        self.said.add(line)
        return line.format_map(self.values())

    def values(self) -> dict[str, str]:
        """Return everything that a line of this moment may name."""
        today = spoken_date(self.at.date())
        return {
            **self.matter.values,
            **self.dates,
            "office": self.matter.situation.office,
            "handler": self.staff.people[self.handler].address,
            "subcategory": self.matter.situation.subcategory,
            "day": today,
            "visit": spoken_date(self.visited_on) if self.visited_on else today,
        }

    def by_clerk(self, kind: StepKind, lines: tuple[str, ...], office: str | None) -> DemoStep:
        """Return a step of the center; restricted cases never leave the discipline group."""
        closed = self.matter.situation.sensitivity == "restricted"
        role: ActorRole = "unit_handler" if closed else "center_clerk"
        return DemoStep(kind, self.at, self.clerk, role, self.words(lines), office)

    def by_handler(self, kind: StepKind, text: str, planned_on: date | None = None) -> DemoStep:
        """Return a step of the office that handles the case."""
        return DemoStep(kind, self.at, self.handler, "unit_handler", text, planned_on=planned_on)


def course_of(
    course: Course, beats: Iterable[Beat], hours: OfficeHours, now: datetime
) -> tuple[DemoStep, ...]:
    """Return the steps that happen before ``now``."""
    steps: list[DemoStep] = []
    last = course.matter.submitted_at
    for beat in beats:
        span = timedelta(minutes=beat.minutes)
        at = last + span if beat.around_the_clock else hours.later(last, beat.minutes)
        if at is None or at >= now:
            break
        steps.append(course.step(beat, at))
        last = at
    return tuple(steps)


def _accepted(course: Course, beat: Beat) -> DemoStep:
    return course.by_clerk(beat.kind, remarks.ACCEPTED, None)


def _dispatched(course: Course, beat: Beat) -> DemoStep:
    office = course.matter.situation.office
    course.dispatches += 1
    if beat.second_round:
        course.handler = course.staff.head(office)
        supervisor = course.rng.choice(course.staff.supervisors)
        words = course.words(remarks.ESCALATED)
        return DemoStep(beat.kind, course.at, supervisor, "supervisor", words, office)
    if course.matter.fate in ("returned", "awaits_other_office"):
        if course.dispatches == 1:
            wrong = _MISTAKEN_FOR[office]
            text = course.words(remarks.DISPATCHED).replace(office, wrong)
            return DemoStep(beat.kind, course.at, course.clerk, "center_clerk", text, wrong)
        return course.by_clerk(beat.kind, remarks.REDISPATCHED, office)
    return course.by_clerk(beat.kind, remarks.DISPATCHED, office)


def _returned(course: Course, beat: Beat) -> DemoStep:
    office = course.matter.situation.office
    actor = course.staff.handler(course.rng, _MISTAKEN_FOR[office])
    text = course.words(remarks.RETURNED)
    return DemoStep(beat.kind, course.at, actor, "unit_handler", text, office)


def _signed(course: Course, beat: Beat) -> DemoStep:
    lines = remarks.RESIGNED if beat.second_round else remarks.SIGNED
    return course.by_handler(beat.kind, course.words(lines))


def _contacted(course: Course, beat: Beat) -> DemoStep:
    course.visited_on = course.at.date()
    lines = remarks.RECONTACTED if beat.second_round else remarks.CONTACTED
    return course.by_handler(beat.kind, course.words(lines))


def _planned(course: Course, beat: Beat) -> DemoStep:
    lines = remarks.REPLANNED if beat.second_round else course.matter.sheet.plans
    ahead = course.rng.randint(0, 1) if beat.around_the_clock else course.rng.randint(1, 4)
    planned_on = weekday_after(course.at.date(), ahead)
    course.dates["next"] = spoken_date(planned_on)
    return course.by_handler(beat.kind, course.words(lines), planned_on)


def _progress(course: Course, beat: Beat) -> DemoStep:
    lines = course.matter.sheet.notes
    if beat.second_round:
        lines = remarks.REPROGRESSED
    elif course.matter.fate in ("slow", "stalled"):
        lines += remarks.SLOW_NOTES
    return course.by_handler(beat.kind, course.words(lines))


def _replied(course: Course, beat: Beat) -> DemoStep:
    if course.matter.fate in ("reopened", "awaits_rework") and not beat.second_round:
        return course.by_handler(beat.kind, course.words(remarks.WEAK_REPLIES))
    troubled = course.matter.situation.category != "praise"
    body = course.matter.answer.text
    text = answer_text(course.rng, body, course.values(), closings=troubled)
    if beat.second_round:
        text = course.words(remarks.REDONE_OPENINGS) + text
    return course.by_handler(beat.kind, text)


def _confirmed(course: Course, beat: Beat) -> DemoStep:
    if not beat.second_round:
        rating = course.rng.choice((1, 1, 2))
        words = course.words(remarks.DISAPPOINTED)
        return _verdict(course, words, "no", rating)
    outcome: Outcome = course.matter.answer.outcome
    rating = course.rng.choice(remarks.RATINGS[outcome])
    return _verdict(course, course.words(remarks.COMMENTS[rating]), outcome, rating)


def _verdict(course: Course, words: str, solved: Verdict, rating: int) -> DemoStep:
    return DemoStep("confirmed", course.at, None, "enterprise", words, solved=solved, rating=rating)


def _auto_confirmed(course: Course, beat: Beat) -> DemoStep:
    return DemoStep(beat.kind, course.at, None, "system", remarks.AUTO_CONFIRMED)


def _reopened(course: Course, beat: Beat) -> DemoStep:
    return DemoStep(beat.kind, course.at, None, "system", course.words(remarks.REOPENED))


def _withdrawn(course: Course, beat: Beat) -> DemoStep:
    return DemoStep(beat.kind, course.at, None, "enterprise", course.words(remarks.WITHDRAWN))


_WRITERS: dict[StepKind, Callable[[Course, Beat], DemoStep]] = {
    "accepted": _accepted,
    "dispatched": _dispatched,
    "returned": _returned,
    "signed": _signed,
    "contacted": _contacted,
    "planned": _planned,
    "progress": _progress,
    "replied": _replied,
    "confirmed": _confirmed,
    "auto_confirmed": _auto_confirmed,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
}
