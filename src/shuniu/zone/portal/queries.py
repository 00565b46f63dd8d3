from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import queries as desk
from shuniu.zone.kernel.data_map import (
    DataClass,
    DataMap,
    Held,
    data_map,
    held_of,
    keeping_of,
    rule_words,
)
from shuniu.zone.kernel.importing.kinds import kinds_of
from shuniu.zone.kernel.models import Delivery, DeliveryState, Fact, PurgeCertificate, Tick
from shuniu.zone.kernel.queries import imports_of
from shuniu.zone.portal import policies
from shuniu.zone.portal.choices import ExportState
from shuniu.zone.portal.models import DataIncident, ListExport
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.models import Correction
from shuniu.zone.registry.queries import Standing

MOST_SHOWN = 100
PURGE_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Background:
    """What runs in the background.

    Attributes
    ----------
    waiting
        Reactions that are not delivered yet, and since when the oldest is due.
    dead
        Reactions that were given up, the newest first.
    ticks
        When each entry of the schedule was last started.
    """

    waiting: int
    oldest_due_at: datetime | None
    done: int
    dead: tuple[Delivery, ...]
    ticks: tuple[Tick, ...]


def background(now: datetime) -> Background:
    """Return what runs in the background as it stands ``now``."""
    due = Q(state=DeliveryState.WAITING, next_try_at__lte=now)
    counts = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state=DeliveryState.WAITING)),
        done=Count("pk", filter=Q(state=DeliveryState.DONE)),
        oldest=Min("next_try_at", filter=due),
    )
    dead = Delivery.objects.filter(state=DeliveryState.DEAD).select_related("fact")
    return Background(
        waiting=counts["waiting"],
        oldest_due_at=counts["oldest"],
        done=counts["done"],
        dead=tuple(dead.order_by("-pk")[:MOST_SHOWN]),
        ticks=tuple(Tick.objects.order_by("name")),
    )


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of data as it stands.

    Attributes
    ----------
    rows
        How many rows are held.
    due_at
        When the time of the oldest is over; None when no time runs.
    """

    data_class: DataClass
    rule: str
    rows: int
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table of a class: the columns that belong to it, and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    rows: int


def class_lines(now: datetime) -> tuple[ClassLine, ...]:
    """Return every class of the map with what is held of it."""
    found = data_map()
    counts = {name: _rows_in(name) for name in {column.table for column in found.columns}}
    return tuple(_class_line(one, found, counts, now) for one in found.classes)


def class_line(data_class: DataClass, now: datetime) -> ClassLine:
    """Return one class with what is held of it."""
    found = data_map()
    counts = {name: _rows_in(name) for name in found.tables_of(data_class.code)}
    return _class_line(data_class, found, counts, now)


def _class_line(
    data_class: DataClass, found: DataMap, counts: Mapping[str, int], now: datetime
) -> ClassLine:
    rows = sum(counts[name] for name in found.tables_of(data_class.code))
    due_at: datetime | None = None
    keeping = keeping_of(data_class)
    if keeping is not None and keeping.data_class == data_class.code:
        held = keeping.held()
        rows = held.rows
        due_at = keeping.span().after(held.oldest_at) if held.oldest_at else None
    is_late = due_at is not None and due_at < now - PURGE_EVERY
    return ClassLine(data_class, rule_words(data_class), rows, due_at, is_late)


def table_lines(data_class: DataClass) -> tuple[TableLine, ...]:
    """Return the tables of a class."""
    tables = data_map().tables_of(data_class.code)
    return tuple(TableLine(name, columns, _rows_in(name)) for name, columns in tables.items())


def _rows_in(name: str) -> int:
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"SELECT COUNT(*) FROM {quoted}")  # noqa: S608  # a name of the map
        return int(cursor.fetchone()[0])


def certificates() -> QuerySet[PurgeCertificate]:
    """Return the certificates of finished runs, the newest first."""
    done = PurgeCertificate.objects.filter(ended_at__isnull=False)
    return done.select_related("fact", "actor").order_by("-pk")


def has_purged_since(moment: datetime) -> bool:
    """Return whether a run that ended since ``moment`` deleted anything, asked for or due."""
    return PurgeCertificate.objects.filter(ended_at__gte=moment).exists()


def incidents() -> QuerySet[DataIncident]:
    """Return the register: what is open first, then the newest."""
    return DataIncident.objects.select_related("reported_by").order_by(
        F("settled_at").desc(nulls_first=True), "-noticed_at", "-pk"
    )


def incidents_held() -> Held:
    """Return the entries of the register; the time runs from when one is settled."""
    return held_of(DataIncident.objects.all(), "settled_at")


def facts_of_incident(incident: DataIncident) -> QuerySet[Fact]:
    """Return the steps of an entry, the oldest first."""
    steps = Fact.objects.filter(subject=f"portal.incident:{incident.pk}")
    return steps.select_related("actor").order_by("pk")


def last_purge_at() -> datetime | None:
    """Return for which turn the schedule last started the purge."""
    return Tick.objects.filter(pk="data.purge").values_list("started_for", flat=True).first()


def registrations_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some registrations, by their keys, a person may see."""
    seen = registry.registrations_visible_to(who).filter(pk__in=keys)
    return {str(key) for key in seen.order_by().values_list("pk", flat=True)}


def corrections_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some corrections, by their keys, a person may see."""
    seen = registry.corrections_visible_to(who).filter(pk__in=keys)
    return {str(key) for key in seen.order_by().values_list("pk", flat=True)}


def imports_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some imports, by their keys, are of lists that a person may import."""
    lists = kinds_of(User.objects.get(pk=who.user_id))
    seen = imports_of(lists).filter(pk__in=keys)
    return {str(key) for key in seen.values_list("pk", flat=True)}


def exports_of(user_id: int) -> QuerySet[ListExport]:
    """Return the files of lists that a person asked for."""
    return ListExport.objects.filter(asked_by_id=user_id)


def exports_in_work(export_id: UUID) -> QuerySet[ListExport]:
    """Return a file that is not made yet, as a list of one, for one conditional change."""
    states = (ExportState.WAITING, ExportState.MAKING)
    return ListExport.objects.filter(pk=export_id, state__in=states)


def exports_visible_to(who: Standing, keys: Collection[str]) -> set[str]:
    """Return which of some files, by their keys, a person asked for and may still take."""
    if not policies.may_export(who):
        return set()
    seen = exports_of(who.user_id).filter(pk__in=keys)
    return {str(key) for key in seen.values_list("pk", flat=True)}


def exports_due(before: datetime) -> QuerySet[ListExport]:
    """Return the files of lists that were asked for before ``before``."""
    return ListExport.objects.filter(asked_at__lt=before)


def exports_held() -> Held:
    """Return the files of lists; the time runs from when one was asked for."""
    return held_of(ListExport.objects.all(), "asked_at")


def export_files() -> set[str]:
    """Return the paths of the files that were made of lists."""
    return set(ListExport.objects.exclude(path="").values_list("path", flat=True))


def loose_files_held(before: datetime) -> Held:
    """Return how many stored files nothing names any more, and the oldest of them."""
    return desk.loose_files_held(before, export_files())


def asker_of_correction(correction_id: str) -> int | None:
    """Return who asked for a correction."""
    return Correction.objects.filter(pk=correction_id).values_list("asked_by_id", flat=True).first()
