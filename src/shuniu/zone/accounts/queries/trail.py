"""Questions about the audit trail: who did or asked for what, when, from where, about what.

The trail is read by time, the newest first; facts of one moment by their position. A page begins
where the one before ended, so that the thousandth page costs as much as the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries.people import user_called
from shuniu.zone.kernel import ledger
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import ChainCheck, Fact, FactWords
from shuniu.zone.kernel.origin import COMMAND_LINE, WORKER

PAGE_SIZE = 50
MOST_COUNTED = 10_000
MOST_EXPORTED = 100_000
EXPORTED_AT_ONCE = 1_000
MOST_PEOPLE = 50
DAYS_FIRST_SHOWN = 7
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
OF_THE_SYSTEM = (WORKER, COMMAND_LINE, "")
SUBJECT = re.compile(r"[a-z_]+\.[a-z_]+:[\w:.-]+")
WHO = ("people", "nobody", "system")
RESULTS = ("done", "refused")
LONGEST_POSITION = 18  # digits of a 64-bit number, whole
PLACES: dict[str, str | Promise] = {
    WORKER: _("background work"),
    COMMAND_LINE: _("command line"),
}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which facts are shown.

    Attributes
    ----------
    first_on, last_on
        Days of the zone, both inclusive; None for no bound.
    who
        ``people``, ``nobody`` (asked for by somebody who had not signed in), ``system``, or all.
    name
        Part of a person's name, a sign-in name or a mobile number.
    kind, origin, subject
        Exactly this one; empty for all.
    result
        ``done``, ``refused``, or both.
    """

    first_on: date | None = None
    last_on: date | None = None
    who: str = ""
    name: str = ""
    kind: str = ""
    origin: str = ""
    subject: str = ""
    result: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str], today: date) -> TrailFilter:
        """Return the filter that an address asks for; what makes no sense is left out.

        Without a day in the address the last seven days are shown, but all days of one subject.
        """
        said = {name: text.replace("\x00", "").strip()[:100] for name, text in given.items()}
        subject = said.get("subject", "")
        first_on, last_on = _day(said.get("first_on", "")), _day(said.get("last_on", ""))
        if not subject and "first_on" not in said and "last_on" not in said:
            first_on, last_on = today - timedelta(days=DAYS_FIRST_SHOWN - 1), today
        if first_on and last_on and first_on > last_on:
            first_on, last_on = last_on, first_on
        return cls(
            first_on=first_on,
            last_on=last_on,
            who=_one_of(said.get("who", ""), WHO),
            name=said.get("name", ""),
            kind=_one_of(said.get("kind", ""), every_fact()),
            origin=_origin(said.get("origin", "")),
            subject=subject,
            result=_one_of(said.get("result", ""), RESULTS),
        )

    @property
    def place(self) -> str:
        """Return where, as it is written in the form."""
        return str(PLACES.get(self.origin, self.origin))

    @property
    def query(self) -> str:
        """Return the filter as the query of an address."""
        days = {"first_on": self.first_on or "", "last_on": self.last_on or ""}
        texts = ("who", "name", "kind", "origin", "subject", "result")
        said = {name: getattr(self, name) for name in texts}
        return urlencode({**days, **{name: text for name, text in said.items() if text}})


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One fact as people read it.

    Attributes
    ----------
    label, group
        What happened, and the part of the product that it belongs to.
    who, sign_in_name
        Empty when nobody is known who did it.
    is_of_system
        Whether the product did it by itself.
    place
        Where it was asked for, in words; empty if that is not known.
    """

    position: int
    at: datetime
    kind: str
    label: str
    group: str
    who: str
    sign_in_name: str
    is_of_system: bool
    is_refusal: bool
    origin: str
    place: str
    subject: str
    seal: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some of what was found.

    Attributes
    ----------
    count
        How many were found, counted to ``MOST_COUNTED`` only.
    newer, older
        Position from which the page before and after goes on; None where there is none.
    """

    entries: tuple[TrailEntry, ...]
    count: int
    has_more_than_counted: bool
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How the chain of facts stands.

    Attributes
    ----------
    facts
        How many there are: the chain has no gaps.
    waiting
        The check that the worker has not finished.
    last
        The last finished check.
    """

    facts: int
    seal: str
    waiting: ChainCheck | None
    last: ChainCheck | None


@dataclass(frozen=True, slots=True)
class OneEntry:
    """A fact, and the positions of those about the same thing before and after it.

    ``words`` are what a person wrote to say why, as long as they are kept.
    """

    entry: TrailEntry
    words: str
    before: int | None
    after: int | None


def ledger_state() -> LedgerState:
    """Return how the chain of facts stands, without looking through it."""
    checks = ChainCheck.objects.select_related("asked_by").order_by("-pk")
    position, seal = ledger.head() or (0, "")
    return LedgerState(
        facts=position,
        seal=seal,
        waiting=checks.filter(finished_at=None).first(),
        last=checks.filter(finished_at__isnull=False).first(),
    )


def trail_page(wanted: TrailFilter, given: Mapping[str, str]) -> TrailPage:
    """Return the page that ``older_than`` or ``newer_than`` (positions) in the address ask for."""
    rows = _rows(wanted)
    counted = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    edge = _edge(given.get("newer_than", ""))
    if edge is not None:
        found = list(_after(rows, edge).order_by("happened_at", "position")[: PAGE_SIZE + 1])
        has_newer, has_older = len(found) > PAGE_SIZE, True
        found = found[PAGE_SIZE - 1 :: -1]
    else:
        edge = _edge(given.get("older_than", ""))
        below = rows if edge is None else _before(rows, edge)
        found = list(below[: PAGE_SIZE + 1])
        has_newer, has_older = edge is not None, len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]
    return TrailPage(
        entries=tuple(_entry(fact) for fact in found),
        count=min(counted, MOST_COUNTED),
        has_more_than_counted=counted > MOST_COUNTED,
        newer=found[0].position if found and has_newer else None,
        older=found[-1].position if found and has_older else None,
    )


def trail_rows(wanted: TrailFilter, *, up_to: int) -> Iterator[list[TrailEntry]]:
    """Yield what is found up to a position, the newest first, some at a time."""
    rows = _rows(wanted).filter(position__lte=up_to)
    left = MOST_EXPORTED
    below = rows
    while left > 0 and (found := list(below[: min(EXPORTED_AT_ONCE, left)])):
        left -= len(found)
        below = _before(rows, found[-1])
        yield [_entry(fact) for fact in found]


def count_up_to(wanted: TrailFilter, most: int) -> int:
    """Return how many are found, counted to ``most`` only."""
    return _rows(wanted).order_by().values("pk")[:most].count()


def trail_entry(position: int) -> OneEntry | None:
    """Return the fact at a position; None if there is none."""
    fact = Fact.objects.select_related("actor").filter(position=position).first()
    if fact is None:
        return None
    same = Fact.objects.filter(subject=fact.subject).values_list("position", flat=True)
    words = FactWords.objects.filter(pk=fact.pk).first()
    return OneEntry(
        entry=_entry(fact),
        words=words.text if words else "",
        before=same.filter(pk__lt=fact.pk).order_by("-pk").first(),
        after=same.filter(pk__gt=fact.pk).order_by("pk").first(),
    )


def people_meant(name: str) -> tuple[int, ...]:
    """Return the ids of those whose name has ``name`` in it, or who sign in with it."""
    by_name = User.objects.filter(Q(name__icontains=name) | Q(sign_in_name__icontains=name))
    found = set(by_name.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
    one = user_called(name)
    return tuple(sorted(found | ({one.pk} if one else set())))


def kinds_by_group() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of facts with their labels, by the part of the product, for choosing."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, fact in every_fact().items():
        groups.setdefault(_group(kind), []).append((kind, str(fact.label)))
    return list(groups.items())


def _rows(wanted: TrailFilter) -> QuerySet[Fact]:
    rows = Fact.objects.select_related("actor").order_by("-happened_at", "-position")
    if wanted.first_on:
        rows = rows.filter(happened_at__gte=day_span(wanted.first_on)[0])
    if wanted.last_on:
        rows = rows.filter(happened_at__lt=day_span(wanted.last_on)[1])
    for column in ("kind", "origin", "subject"):
        if value := getattr(wanted, column):
            rows = rows.filter(**{column: value})
    return rows.filter(_by_whom(wanted) & _with_result(wanted))


def _by_whom(wanted: TrailFilter) -> Q:
    found = Q(actor_id__in=people_meant(wanted.name)) if wanted.name else Q()
    if wanted.who == "people":
        found &= Q(actor__isnull=False)
    elif wanted.who == "nobody":
        found &= Q(actor__isnull=True) & ~Q(origin__in=OF_THE_SYSTEM)
    elif wanted.who == "system":
        found &= Q(actor__isnull=True, origin__in=OF_THE_SYSTEM)
    return found


def _with_result(wanted: TrailFilter) -> Q:
    if not wanted.result:
        return Q()
    refusals = Q(kind__in=[kind for kind, fact in every_fact().items() if fact.is_refusal])
    return refusals if wanted.result == "refused" else ~refusals


def _before(rows: QuerySet[Fact], edge: Fact) -> QuerySet[Fact]:
    """Return the rows after ``edge`` in the list: the older ones.

    The first bound alone is what an index can follow.
    """
    same_moment = Q(happened_at__lt=edge.happened_at) | Q(position__lt=edge.position)
    return rows.filter(happened_at__lte=edge.happened_at).filter(same_moment)


def _after(rows: QuerySet[Fact], edge: Fact) -> QuerySet[Fact]:
    same_moment = Q(happened_at__gt=edge.happened_at) | Q(position__gt=edge.position)
    return rows.filter(happened_at__gte=edge.happened_at).filter(same_moment)


def _edge(position: str) -> Fact | None:
    if not position.isdecimal() or len(position) > LONGEST_POSITION:
        return None
    return Fact.objects.filter(position=int(position)).first()


def _entry(fact: Fact) -> TrailEntry:
    known = every_fact().get(fact.kind)
    actor = fact.actor
    return TrailEntry(
        position=fact.position,
        at=fact.happened_at,
        kind=fact.kind,
        label=str(known.label) if known else fact.kind,
        group=_group(fact.kind),
        who=str(actor) if actor else "",
        sign_in_name=actor.get_username() if actor else "",
        is_of_system=actor is None and fact.origin in OF_THE_SYSTEM,
        is_refusal=known is not None and known.is_refusal,
        origin=fact.origin,
        place=str(PLACES.get(fact.origin, fact.origin)),
        subject=fact.subject,
        seal=fact.seal,
        data=fact.data,
    )


def _group(kind: str) -> str:
    app = kind.split(".", 1)[0]
    return str(apps.app_configs[app].verbose_name) if app in apps.app_configs else app


def _origin(text: str) -> str:
    """Return the origin that a person means: the words for it, or an address."""
    return next((origin for origin, words in PLACES.items() if text == str(words)), text)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _one_of(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    return text if text in known else ""
