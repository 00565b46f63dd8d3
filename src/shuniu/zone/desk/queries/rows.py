"""Questions about cases. Every one that a person may ask starts from what that person may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import Case as DbCase
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, When

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk.choices import (
    OVER,
    WAITING_FOR_UNIT,
    WITH_CENTER,
    WITH_ENTERPRISE,
    WITH_PERSON,
    CaseState,
    Decision,
    Grade,
    Light,
    NoteKind,
    RequestKind,
    Sensitivity,
)
from shuniu.zone.desk.models import Attachment, Case, CaseRequest, Note
from shuniu.zone.desk.queries.words import with_words
from shuniu.zone.kernel import memory
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.queries import Standing

READS_ALL = frozenset({Role.CENTER_CLERK, Role.SERVICE_OFFICER, Role.SUPERVISOR, Role.LEADER})
UNSORTED = "none"  # the category of cases that nobody has sorted, the unit of those none has
LATE = (Light.RED, Light.PURPLE)
LOWEST_GOOD = Grade.FAIRLY_SATISFIED  # the two grades below are bad ones (差评)
OPEN = frozenset(CaseState) - OVER
# In which states a case lies where a list looks for it; "mine" depends on the person, and "asked"
# has only those for which the unit asked a supervisor for something.
TURNS: Mapping[str, frozenset[CaseState]] = {
    "center": WITH_CENTER,
    "supervisor": frozenset({CaseState.REOPENED}),
    "asked": WITH_PERSON,
    "district": frozenset({CaseState.ESCALATED}),
    "unit": WAITING_FOR_UNIT | {CaseState.SUSPENDED},
    "enterprise": WITH_ENTERPRISE,
    "open": OPEN,
    "urged": OPEN,
    "over": OVER,
}
# Days that a list can be asked for; the ends of the calendar have no day before or after.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def cases_visible_to(who: Standing) -> QuerySet[Case]:
    """Return the cases that a person may see.

    An enterprise's people see its own; a unit's handlers those given to it; the center, service
    officers, supervisors and leaders all but the restricted ones, which only their own unit and
    the discipline readers see.
    """
    cases = Case.objects.select_related("enterprise", "lead_unit", "handler")
    mine = Q(enterprise_id__in=who.enterprise_ids)
    if who.has(Role.UNIT_HANDLER):
        mine |= Q(lead_unit_id__in=who.office_ids)
    if who.roles & READS_ALL:
        mine |= ~Q(sensitivity=Sensitivity.RESTRICTED)
    if who.has(Role.DISCIPLINE_READER):
        mine |= Q(sensitivity=Sensitivity.RESTRICTED)
    return cases.filter(mine)


def keys_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some cases, by their keys, a person may see."""
    seen = cases_visible_to(who).filter(pk__in=[int(key) for key in keys])
    return {str(key) for key in seen.order_by().values_list("pk", flat=True)}


LONGEST_KEY = 18  # digits of a number that every database takes


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list shows. The numbers on other pages are counted with the same filter.

    Attributes
    ----------
    turn
        Whose turn it is: ``mine`` (this person can take the next step), ``center``, ``unit``,
        ``enterprise``, ``supervisor``, ``open``, ``over``; empty or ``all`` for all. ``urged``:
        open, and the unit is to answer an urging. ``call-back``: closed, and somebody is to ask the
        enterprise whether it is solved. ``sampled``: withdrawn, drawn by lot and not asked yet.
    late
        ``yes``: the light is red or purple.
    opened_on, closed_on, open_on, late_on, withdrawn_on
        Opened or closed on that day; still open, or open and overdue, at the end of that day.
    since_on
        With ``opened_on``, ``closed_on``, ``replied_on``: the first of the days that end with it.
    words
        All of these words are in what the case is found by: see ``words_of_cases``.
    enterprise
        Key of an enterprise.
    rated
        How it was closed: ``good`` (3 to 5), ``bad`` (1 or 2), ``yes`` (either), ``silent``.
    closed_since_on
        Closed on that day or later.
    """

    state: str = ""
    turn: str = ""
    light: str = ""
    late: str = ""
    category: str = ""
    subcategory: str = ""
    unit: str = ""
    urgency: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    replied_on: date | None = None
    withdrawn_on: date | None = None
    since_on: date | None = None
    open_on: date | None = None
    late_on: date | None = None
    words: str = ""
    enterprise: str = ""
    rated: str = ""
    closed_since_on: date | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> CaseFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        values: dict[str, object] = {}
        for field in fields(cls):
            text = given.get(field.name, "").strip()[:100]
            if field.name.endswith("_on"):
                values[field.name] = _date(text)
            else:
                values[field.name] = text.replace("\x00", "")
        return cls(**values)  # type: ignore[arg-type]  # dates and texts by the names of the fields

    @property
    def query(self) -> str:
        """Return the filter as the query of an address."""
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({name: str(value) for name, value in named.items() if value})


def filtered_cases(who: Standing, wanted: CaseFilter) -> QuerySet[Case]:
    """Return the visible cases of a filter: open ones by deadline, others the newest first."""
    cases = cases_visible_to(who).filter(condition(who, wanted))
    if wanted.turn in {"", "all", "over"} or wanted.opened_on or wanted.closed_on:
        return cases.order_by("-submitted_at", "-pk")
    if wanted.turn == "call-back":
        return cases.order_by("call_back_since", "pk")
    return cases.order_by("done_due_at", "pk")


def condition(who: Standing, wanted: CaseFilter) -> Q:
    """Return what a case must be to stand in the list of a filter."""
    found = _turn(who, wanted.turn)
    if wanted.category:
        found &= Q(category="" if wanted.category == UNSORTED else wanted.category)
    for column, value in (
        ("state", wanted.state),
        ("light", wanted.light),
        ("subcategory", wanted.subcategory),
        ("lead_unit__code", "" if wanted.unit == UNSORTED else wanted.unit),
        ("urgency", wanted.urgency),
    ):
        if value:
            found &= Q(**{column: value})
    if wanted.unit == UNSORTED:
        found &= Q(lead_unit=None)
    if wanted.late:
        found &= Q(light__in=LATE)
    if wanted.enterprise:
        found &= _of_enterprise(wanted.enterprise)
    if wanted.words:
        found &= with_words(who, wanted.words)
    return found & _rated(wanted.rated) & _of_days(wanted)


def _rated(rated: str) -> Q:
    """Return the condition for a word of the enterprise; an unknown one asks for nothing."""
    named = {
        "good": Q(rating__gte=LOWEST_GOOD),
        "bad": Q(rating__lt=LOWEST_GOOD),
        "yes": Q(rating__isnull=False),
        "silent": Q(is_confirmed_by_silence=True),
    }
    return named.get(rated, Q())


def _of_enterprise(key: str) -> Q:
    is_key = key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY
    return Q(enterprise_id=int(key)) if is_key else Q(pk__in=())


def _of_days(wanted: CaseFilter) -> Q:
    found = Q()
    for column, day in (
        ("submitted_at", wanted.opened_on),
        ("closed_at", wanted.closed_on),
        ("withdrawn_at", wanted.withdrawn_on),
    ):
        if day is not None:
            start, end = _span(wanted, day)
            found &= Q(**{f"{column}__gte": start, f"{column}__lt": end})
    if wanted.closed_since_on is not None:
        found &= Q(closed_at__gte=day_span(wanted.closed_since_on)[0])
    if wanted.replied_on is not None:
        found &= Q(pk__in=_answers_of(*_span(wanted, wanted.replied_on)).values("case_id"))
    if wanted.open_on is not None:
        found &= open_at(day_span(wanted.open_on)[1])
    if wanted.late_on is not None:
        found &= late_at(day_span(wanted.late_on)[1])
    return found


def _span(wanted: CaseFilter, day: date) -> tuple[datetime, datetime]:
    """Return the period of a day, or of all days from the first that is asked for."""
    start, end = day_span(day)
    if wanted.since_on is not None and wanted.since_on < day:
        start = day_span(wanted.since_on)[0]
    return start, end


def open_at(moment: datetime) -> Q:
    """Return the condition for cases that were open just before ``moment``."""
    return Q(submitted_at__lt=moment) & _not_over_at(moment)


def late_at(moment: datetime) -> Q:
    """Return the condition for cases that were open, unanswered and overdue before ``moment``.

    What was due was sent in before: to ask for that, too, would lead SQLite to read every case.
    """
    was_running = Q(paused_at__isnull=True) | Q(done_due_at__lt=F("paused_at"))
    was_due = Q(done_due_at__lt=moment) & was_running
    return _not_over_at(moment) & was_due & ~Q(_was_answered_at(moment))


def _not_over_at(moment: datetime) -> Q:
    is_open = Q(closed_at__isnull=True) | Q(closed_at__gte=moment)
    is_kept = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=moment)
    is_whole = Q(split_at__isnull=True) | Q(split_at__gte=moment)
    is_taken_on = Q(rejected_at__isnull=True) | Q(rejected_at__gte=moment)
    return is_open & is_kept & is_taken_on & is_whole


def _answers_of(start: datetime, end: datetime) -> QuerySet[Note]:
    """Return the answers given in ``[start, end)``, whatever became of them."""
    return Note.objects.filter(kind=NoteKind.REPLY, written_at__gte=start, written_at__lt=end)


def _was_answered_at(moment: datetime) -> Exists:
    """Return whether there was an answer before ``moment`` that had not been refused by then."""
    answers = Note.objects.filter(
        Q(refused_at__isnull=True) | Q(refused_at__gte=moment),
        case=OuterRef("pk"),
        kind=NoteKind.REPLY,
        written_at__lt=moment,
    )
    return Exists(answers)


def _turn(who: Standing, turn: str) -> Q:
    with_center = Q(state__in=WITH_CENTER)
    asked = Q(state__in=TURNS["asked"]) & ~Q(asked_for="")
    with_supervisor = Q(state=CaseState.REOPENED) | asked
    with_enterprise = Q(state__in=WITH_ENTERPRISE)
    if turn == "mine":
        mine = Q(pk__in=[])
        if who.has(Role.CENTER_CLERK):
            mine |= with_center & ~Q(sensitivity=Sensitivity.RESTRICTED)
        if who.has(Role.SUPERVISOR):
            mine |= with_supervisor
        if who.has(Role.UNIT_HANDLER):
            restricted = Q(sensitivity=Sensitivity.RESTRICTED) & (with_center | with_supervisor)
            to_review = Q(state=CaseState.SUSPENDED, light__in=(Light.YELLOW, Light.RED))
            in_hand = Q(state__in=WITH_PERSON) | to_review
            waiting = Q(state=CaseState.DISPATCHED) | (in_hand & Q(handler_id=who.user_id))
            mine |= Q(lead_unit_id__in=who.office_ids) & (waiting | restricted)
        if who.enterprise_ids:
            mine |= with_enterprise & Q(enterprise_id__in=who.enterprise_ids)
        return mine
    if turn == "asked":
        return asked
    if turn == "urged":
        return _urged(who)
    if turn == "call-back":
        is_waiting = Q(state=CaseState.CLOSED, call_back_since__isnull=False)
        return is_waiting if who.is_staff else Q(pk__in=[])
    if turn == "sampled":
        is_drawn = Q(state=CaseState.WITHDRAWN, sampled_at__isnull=False)
        return is_drawn if who.is_staff else Q(pk__in=[])
    return Q(state__in=sorted(TURNS[turn])) if turn in TURNS else Q()


def _urged(who: Standing) -> Q:
    """Return the condition for what is urged; that is between supervisor and unit alone."""
    if not who.is_staff:
        return Q(pk__in=[])
    return Q(state__in=sorted(OPEN), urged_until__isnull=False)


def counts_of(who: Standing, filters: Mapping[str, CaseFilter]) -> dict[str, int]:
    """Return how many cases each list shows, by name; those of open cases are sums of one query."""
    known = {name: _open_count(who, one) for name, one in filters.items() if _is_of_open(one)}
    others = {name: one for name, one in filters.items() if name not in known}
    if not others:
        return known
    counted = {name: Count("pk", filter=condition(who, one)) for name, one in others.items()}
    return known | cases_visible_to(who).order_by().aggregate(**counted)


def count_of(who: Standing, wanted: CaseFilter) -> int:
    """Return how many cases the list of a filter shows."""
    if _is_of_open(wanted):
        return _open_count(who, wanted)
    return filtered_cases(who, wanted).order_by().count()


@dataclass(frozen=True, slots=True)
class OpenCases:
    """How many open cases have this state and light, a request or not, and are one's turn or not.

    ``asked_for`` is what the unit asked a supervisor for; empty without a request. ``is_urged``:
    the unit is to answer an urging, and the person is of the staff.
    """

    state: str
    light: str
    asked_for: str
    is_urged: bool
    is_mine: bool
    count: int


def open_cases(who: Standing) -> list[OpenCases]:
    """Return the open cases in groups, of which the numbers of most lists are sums."""
    plain = Standing(  # ``who`` may be a proxy, which would keep its whole request
        who.user_id, who.roles, who.office_ids, who.enterprise_ids, is_discipline=who.is_discipline
    )
    return [OpenCases(*group) for group in _open_groups(plain).all()]


@lru_cache(maxsize=128)
def _open_groups(who: Standing) -> QuerySet[Case, tuple[str, str, str, bool, bool, int]]:
    """Return the question for the open cases, which every page asks, made once for a person.

    It is never asked itself, only copies of it.
    """
    is_mine = DbCase(When(_turn(who, "mine"), then=True), default=False)
    rows = cases_visible_to(who).filter(state__in=sorted(OPEN)).order_by()
    is_urged = DbCase(When(_urged(who), then=True), default=False)
    named = rows.annotate(is_urged=is_urged, is_mine=is_mine)
    groups = named.values_list("state", "light", "asked_for", "is_urged", "is_mine")
    return groups.annotate(count=Count("pk"))


def _open_count(who: Standing, wanted: CaseFilter) -> int:
    groups = memory.known(("open cases", who), lambda: open_cases(who))
    states = TURNS.get(wanted.turn, OPEN)
    return sum(
        group.count
        for group in groups
        if (group.is_mine if wanted.turn == "mine" else group.state in states)
        and (group.asked_for or wanted.turn != "asked")
        and (group.is_urged or wanted.turn != "urged")
        and (not wanted.late or group.light in LATE)
    )


def _is_of_open(wanted: CaseFilter) -> bool:
    """Return whether a list shows open cases by turn and lateness alone."""
    return wanted.turn in {*TURNS, "mine"} - {"over"} and wanted == CaseFilter(
        turn=wanted.turn, late=wanted.late
    )


def same_just_sent(text: str, *, user_id: int, since: datetime) -> Case | None:
    """Return the case that this person sent with the very same words since ``since``."""
    same = Case.objects.filter(opened_by_id=user_id, text=text.strip(), submitted_at__gte=since)
    return same.order_by("pk").last()


def answered_cases() -> QuerySet[Case]:
    """Return the cases that wait for the enterprise's word."""
    return Case.objects.filter(state=CaseState.REPLIED).order_by("pk")


def lights_due(now: datetime) -> QuerySet[Case]:
    """Return the cases whose light changes by ``now``."""
    return Case.objects.filter(next_light_at__lte=now).order_by("next_light_at")


def attachments_visible_to(who: Standing) -> QuerySet[Attachment]:
    """Return the files of the cases that a person may see, while they are kept."""
    kept = Attachment.objects.exclude(path="")
    return kept.filter(case__in=cases_visible_to(who).order_by())


def extensions_of(case: Case) -> int:
    """Return how often a case was given more time."""
    granted = CaseRequest.objects.filter(
        case=case, kind=RequestKind.EXTENSION, decision=Decision.GRANTED
    )
    return granted.count()


def facts_of(case: Case) -> QuerySet[Fact]:
    """Return the history of a case, the oldest first."""
    return (
        Fact.objects.filter(subject=f"desk.case:{case.pk}").select_related("actor").order_by("pk")
    )


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
