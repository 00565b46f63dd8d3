"""Questions about hangs. Every one that a person may ask starts from what that person may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils.module_loading import import_string

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.hangs.choices import UNDER_WAY, AgeClass, HangState
from shuniu.zone.hangs.models import EvidenceFile, Hang
from shuniu.zone.hangs.policies import READS_ALL
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.registry.models import Office, Post
from shuniu.zone.registry.queries import Standing, active_offices

# Days that a list can be asked for; the ends of the calendar have no day before or after.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
OPEN_STATES = sorted(UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Source:
    """What a hang wraps, as the app that knows the row names it; ``url`` lies in the product."""

    kind: str
    key: str
    title: str
    url: str
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A day, and for each class of age the days of opening ``(after, until]`` that belong to it.

    ``after`` is None for the last class, which has no beginning.
    """

    today: date
    ages: Mapping[AgeClass, tuple[date | None, date]]


def source_of(who: Standing, kind: str, key: str) -> Source | None:
    """Return the row that a hang shall wrap, if this person may see it and it can be wrapped."""
    sources: Mapping[str, Callable[[Standing, str], Source | None]] = import_string(
        settings.HANG_SOURCES
    )
    find = sources.get(kind)
    return find(who, key) if find is not None else None


def hangs_visible_to(who: Standing) -> QuerySet[Hang]:
    """Return the hangs that a person may see: the center and those above it all, a unit its own."""
    hangs = Hang.objects.select_related("unit", "responsible", "supervisor")
    if who.roles & READS_ALL:
        return hangs
    if who.has(Role.UNIT_HANDLER):
        return hangs.filter(unit_id__in=who.office_ids)
    return hangs.none()


def keys_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some hangs, by their keys, a person may see."""
    seen = hangs_visible_to(who).filter(pk__in=[int(key) for key in keys])
    return {str(key) for key in seen.order_by().values_list("pk", flat=True)}


def hangs_of_source(who: Standing, kind: str, key: str) -> QuerySet[Hang]:
    """Return the hangs that wrap a row and that this person may see, the newest first."""
    return hangs_visible_to(who).filter(source_kind=kind, source_key=key).order_by("-pk")


def hanging(kind: str, key: str) -> Hang | None:
    """Return the hang that wraps a row now, whoever may see it."""
    rows = Hang.objects.filter(source_kind=kind, source_key=key, state__in=OPEN_STATES)
    return rows.exclude(source_key="").first()


@dataclass(frozen=True, slots=True)
class HangFilter:
    """Which hangs a list shows. The numbers on other pages are counted with the same filter.

    Attributes
    ----------
    turn
        ``mine`` (this person can take the next step), ``open``, ``over``; empty or ``all`` for all.
    late
        ``yes``: the promised day has passed, and it is not struck off.
    review
        ``due``: the day of review has come.
    age
        A class of age, of those that are not struck off.
    moved
        ``yes``: the promised day was moved at least once.
    opened_on, struck_on
        Opened or struck off on that day; ``since_on`` is the first of the days that end with it.
    open_on
        Hanging at the end of that day; ``late`` and ``age`` are then those of that day, too.
    in_time
        ``yes``: struck off by the day that was promised at last.
    """

    turn: str = ""
    state: str = ""
    unit: str = ""
    source: str = ""
    late: str = ""
    review: str = ""
    age: str = ""
    moved: str = ""
    in_time: str = ""
    opened_on: date | None = None
    struck_on: date | None = None
    open_on: date | None = None
    since_on: date | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> HangFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        values: dict[str, object] = {}
        for field in fields(cls):
            text = given.get(field.name, "").strip()[:100].replace("\x00", "")
            values[field.name] = _date(text) if field.name.endswith("_on") else text
        return cls(**values)  # type: ignore[arg-type]  # dates and texts by the names of the fields

    @property
    def query(self) -> str:
        """Return the filter as the query of an address."""
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({name: str(value) for name, value in named.items() if value})


def filtered_hangs(who: Standing, wanted: HangFilter, days: Days) -> QuerySet[Hang]:
    """Return the visible hangs of a filter: open ones by promised day, others the newest first."""
    hangs = hangs_visible_to(who).filter(condition(who, wanted, days))
    if wanted.turn in {"", "all", "over"} or wanted.struck_on:
        return hangs.order_by("-opened_at", "-pk")
    return hangs.order_by("promised_on", "pk")


def count_of(who: Standing, wanted: HangFilter, days: Days) -> int:
    """Return how many hangs the list of a filter shows."""
    return filtered_hangs(who, wanted, days).order_by().count()


def counts_of(who: Standing, filters: Mapping[str, HangFilter], days: Days) -> dict[str, int]:
    """Return how many hangs each list shows, by name, with one query."""
    counted = {name: Count("pk", filter=condition(who, one, days)) for name, one in filters.items()}
    return hangs_visible_to(who).order_by().aggregate(**counted) if counted else {}


def condition(who: Standing, wanted: HangFilter, days: Days) -> Q:
    """Return what a hang must be to stand in the list of a filter."""
    found = _turn(who, wanted.turn, days)
    for column, value in (
        ("state", wanted.state),
        ("unit__code", wanted.unit),
        ("source_kind", wanted.source),
    ):
        if value:
            found &= Q(**{column: value})
    hangs = _hanging_on(wanted.open_on)
    if wanted.open_on is not None:
        found &= hangs
    if wanted.late:
        found &= hangs & Q(promised_on__lt=days.today)
    if wanted.review:
        found &= Q(state__in=OPEN_STATES, review_on__lte=days.today)
    if wanted.moved:
        found &= Q(moves__gt=0)
    if wanted.in_time:
        found &= Q(state=HangState.STRUCK, struck_in_time=True)
    return found & _of_age(wanted.age, days, hangs) & _of_days(wanted)


def _hanging_on(day: date | None) -> Q:
    """Return what hangs now, or what hung at the end of a day."""
    if day is None:
        return Q(state__in=OPEN_STATES)
    end = day_span(day)[1]
    return Q(opened_at__lt=end) & (Q(struck_at__isnull=True) | Q(struck_at__gte=end))


def _turn(who: Standing, turn: str, days: Days) -> Q:
    if turn == "open":
        return Q(state__in=OPEN_STATES)
    if turn == "over":
        return Q(state=HangState.STRUCK)
    if turn != "mine":
        return Q()
    mine = Q(pk__in=())
    if who.has(Role.UNIT_HANDLER):
        mine |= Q(state=HangState.OPEN, unit_id__in=who.office_ids)
    if who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER}:
        mine |= Q(state=HangState.STRIKE_ASKED) & ~Q(unit_id__in=who.office_ids)
    if who.has(Role.SUPERVISOR):
        waits = Q(state=HangState.CALLED_BACK) & ~Q(called_back_by_id=who.user_id)
        is_due = Q(state__in=OPEN_STATES, review_on__lte=days.today)
        mine |= (waits | is_due) & ~Q(unit_id__in=who.office_ids)
    return mine


def _of_age(age: str, days: Days, hangs: Q) -> Q:
    if not age:
        return Q()
    if age not in AgeClass:
        return Q(pk__in=())
    after, until = days.ages[AgeClass(age)]
    found = hangs & Q(opened_at__lt=day_span(until)[1])
    return found if after is None else found & Q(opened_at__gte=day_span(after)[1])


def _of_days(wanted: HangFilter) -> Q:
    found = Q()
    for column, day in (("opened_at", wanted.opened_on), ("struck_at", wanted.struck_on)):
        if day is not None:
            first = day if wanted.since_on is None else min(day, wanted.since_on)
            start, end = day_span(first)[0], day_span(day)[1]
            found &= Q(**{f"{column}__gte": start, f"{column}__lt": end})
    return found


def files_visible_to(who: Standing) -> QuerySet[EvidenceFile]:
    """Return the files on the hangs that a person may see, while they are kept."""
    kept = EvidenceFile.objects.exclude(path="")
    return kept.filter(evidence__hang__in=hangs_visible_to(who).order_by())


def hangs_to_remind(today: date) -> QuerySet[Hang]:
    """Return the hangs whose promised day passed, or whose review came, untold so far."""
    late_told = Q(late_told_for__isnull=False, late_told_for=F("promised_on"))
    review_told = Q(review_told_for__isnull=False, review_told_for=F("review_on"))
    late = Q(promised_on__lt=today) & ~late_told
    review = Q(review_on__lte=today) & ~review_told
    return Hang.objects.filter(late | review, state__in=OPEN_STATES).order_by("pk")


def units_to_choose() -> QuerySet[Office]:
    """Return the units that can owe something."""
    return active_offices()


def people_to_choose(role: Role) -> QuerySet[User]:
    """Return the people of a role who can still sign in, by name."""
    people: QuerySet[User] = User.objects.filter(is_active=True, grants__role=role)
    return people.prefetch_related("posts__office").order_by("name", "pk")


def serves_in(user_id: int, office_id: int) -> bool:
    """Return whether a person has a post in a unit."""
    posts = Post.objects.filter(user_id=user_id, office_id=office_id, user__is_active=True)
    return posts.exists()


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
