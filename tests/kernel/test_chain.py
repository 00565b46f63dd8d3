"""Facts are a chain: nobody can change, take out or put in one without being noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import chain, ledger
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.origin import origin_is
from shuniu.zone.kernel.services import record_fact, record_facts
from tests.factories import THURSDAY_10, UserFactory
from tests.kernel.ledger import (
    Happened,
    empty_ledger,
    heads_folder,
    moved,
    record,
    seal_anew,
    sql,
)
from tests.sharing import at_once

__all__ = ["heads_folder"]

# jsonb takes neither the character 0 nor half of a surrogate pair; the product stores neither.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**30), 10**30)
contents = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def found(heads_file: Path | None = None) -> list[tuple[str, int, int]]:
    """Return what the check finds: kind, position and number."""
    report = ledger.check(heads_file=heads_file)
    return [(problem.kind.value, problem.position, problem.count) for problem in report.problems]


def write_head() -> None:
    assert ledger.export_head(now=THURSDAY_10)


@pytest.mark.django_db
def test_facts_get_their_places_one_after_the_other_and_each_seal_covers_the_one_before() -> None:
    empty_ledger()
    actor = UserFactory.create()

    with origin_is("192.0.2.7"):
        first = record_fact(Happened(thing_id=7, said="甲"), actor=actor, at=THURSDAY_10)
    second = record_fact(Happened(thing_id=8), actor=None, at=THURSDAY_10)

    assert [(row.position, row.origin) for row in (first, second)] == [(1, "192.0.2.7"), (2, "")]
    link = chain.Link(
        position=1,
        kind="tests.thing.happened",
        subject="tests.thing:7",
        happened_at="2026-11-19T02:00:00.000000+00:00",
        actor_id=actor.pk,
        origin="192.0.2.7",
        data={"thing_id": 7, "said": "甲"},
    )
    key = settings.CHAIN_KEY
    assert first.seal == chain.seal_of(link, before="0" * 64, key=key)
    assert second.seal != chain.seal_of(link, before="0" * 64, key=key)
    assert found() == []


def test_a_fact_is_written_down_in_one_way() -> None:
    at = datetime(2026, 11, 19, 10, 0, 0, 5, tzinfo=ZONE)
    data = chain.plain({"b": 1e22, "a": ["é", 0.5, 2.0, THURSDAY_10.date()]})

    link = chain.Link(3, "a.b.c", "a.b:1", chain.moment(at), None, "", data)

    assert chain.canonical(link) == (
        r'[3,"a.b.c","a.b:1","2026-11-19T02:00:00.000005+00:00",null,"",'
        r'{"a":["\u00e9",0.5,2,"2026-11-19"],"b":10000000000000000000000}]'
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-19 02:00:00.500000",
        "2026-11-19 02:00:00.5+00",
        "2026-11-19 10:00:00.5+08",
        "2026-11-19T02:00:00.500000+00:00",
    ],
)
def test_a_moment_has_one_form_however_it_is_stored(text: str) -> None:
    assert chain.read_moment(text) == "2026-11-19T02:00:00.500000+00:00"


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=contents, at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_whatever_a_fact_says_it_reads_the_same_from_the_database(said: Any, at: datetime) -> None:
    happened_at = at.replace(tzinfo=UTC)
    _position, before = ledger.head() or (0, chain.BEFORE_THE_FIRST)
    with transaction.atomic():
        row = record_fact(Happened(thing_id=1, said=said), actor=None, at=happened_at)

        *_others, stored = ledger.entries()
        link = chain.Link(
            stored.position, stored.kind, stored.subject, chain.read_moment(stored.happened_at),
            stored.actor_id, stored.origin, chain.read_data(stored.data),
        )  # fmt: skip
        sealed = chain.seal_of(link, before=before, key=settings.CHAIN_KEY)
        transaction.set_rollback(True)

    assert sealed == row.seal


@pytest.mark.django_db
@pytest.mark.parametrize("said", [float("nan"), float("inf")])
def test_a_number_that_no_database_keeps_is_not_recorded(said: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        record_fact(Happened(thing_id=1, said=said), actor=None, at=THURSDAY_10)


@pytest.mark.django_db
def test_nothing_recorded_is_nothing_written() -> None:
    before = ledger.head()

    assert record_facts([], deliver=True) == []
    assert ledger.head() == before


@pytest.mark.django_db
def test_an_empty_ledger_without_heads_is_whole(heads_folder: Path) -> None:
    empty_ledger()

    assert ledger.head() is None
    assert ledger.export_head(now=THURSDAY_10) is False
    assert (found(), heads_folder.exists()) == ([], False)


@pytest.mark.django_db
def test_an_untouched_ledger_with_its_heads_is_whole(heads_folder: Path) -> None:
    empty_ledger()
    for start in (1, 8, 15):
        record(7, first=start)
        write_head()

    report = ledger.check()

    assert (report.facts, report.heads, report.is_whole) == (21, 3, True)
    assert len((heads_folder / "heads.jsonl").read_text().splitlines()) == 3


def change(column: str, value: str) -> Callable[[], object]:
    statement = f"UPDATE kernel_fact SET {column} = {value} WHERE position = 5"  # noqa: S608  # our own words
    return lambda: sql(statement)


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
@pytest.mark.parametrize(
    "tamper",
    [
        change("kind", "'tests.thing.withdrawn'"),
        change("subject", "'tests.thing:6'"),
        change("happened_at", "'2026-11-19 02:00:00.000001+00:00'"),
        change("origin", "'192.0.2.9'"),
        change("data", """'{"said": null, "thing_id": 6}'"""),
        change("data", """'{"thing_id": 5}'"""),
        change("seal", "'" + "0" * 64 + "'"),
    ],
    ids=["kind", "subject", "time", "origin", "field", "field gone", "seal"],
)
def test_a_changed_row_is_noticed(tamper: Callable[[], object]) -> None:
    empty_ledger()
    record(10)
    write_head()

    tamper()

    kinds_and_places = [(kind, position) for kind, position, _count in found()]
    assert kinds_and_places[0] == ("changed", 5)


@pytest.mark.django_db
def test_a_row_that_names_somebody_else_is_noticed() -> None:
    empty_ledger()
    record(10)

    sql("UPDATE kernel_fact SET actor_id = %s WHERE position = 5", UserFactory.create().pk)

    assert found() == [("changed", 5, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_only_the_changed_rows_are_named() -> None:
    empty_ledger()
    record(30)
    write_head()

    for position in (1, 12, 30):
        sql("UPDATE kernel_fact SET origin = 'x' WHERE position = %s", position)

    assert found() == [("changed", 1, 1), ("changed", 12, 1), ("changed", 30, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(("positions", "count"), [((5,), 1), ((5, 6, 7), 3), ((1,), 1)])
def test_a_row_that_was_taken_out_is_noticed(positions: tuple[int, ...], count: int) -> None:
    empty_ledger()
    record(10)

    for position in positions:
        sql("DELETE FROM kernel_fact WHERE position = %s", position)

    assert found() == [("missing", positions[0], count)]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_row_that_was_taken_out_is_noticed_although_the_rest_was_numbered_anew(
    count: int,
) -> None:
    empty_ledger()
    record(12)

    sql("DELETE FROM kernel_fact WHERE position >= 5 AND position < %s", 5 + count)
    with moved("position > 5", by=-count):
        pass

    assert found() == [("missing", 5, count)]


def put_in(position: int) -> None:
    """Write a copy of another row, with a seal that somebody made up, to a free position."""
    sql(
        "INSERT INTO kernel_fact (kind, subject, happened_at, actor_id, data, origin, position,"
        " seal) SELECT kind, subject, happened_at, actor_id, data, origin, %s, %s"
        " FROM kernel_fact WHERE position = 2",
        position,
        "ab" * 32,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 2])
def test_a_row_that_was_put_in_is_noticed(count: int) -> None:
    empty_ledger()
    record(10)

    with moved("position > 4", by=count):
        for position in range(5, 5 + count):
            put_in(position)

    assert found() == [("inserted", 5, count)]


@pytest.mark.django_db
def test_a_row_that_was_put_in_at_the_end_is_noticed() -> None:
    empty_ledger()
    record(10)

    put_in(11)

    assert found() == [("inserted", 11, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), [(5, 6), (3, 8), (1, 10), (9, 10)])
def test_rows_that_changed_places_are_noticed(one: int, other: int) -> None:
    empty_ledger()
    record(10)

    sql("UPDATE kernel_fact SET position = -1 WHERE position = %s", one)
    sql("UPDATE kernel_fact SET position = %s WHERE position = %s", one, other)
    sql("UPDATE kernel_fact SET position = %s WHERE position = -1", other)

    assert [(kind, position) for kind, position, _count in found()] in (
        [("order", one)],
        [("order", one), ("order", other)],
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_an_end_that_was_cut_off_is_noticed() -> None:
    empty_ledger()
    record(10)
    write_head()

    sql("DELETE FROM kernel_fact WHERE position > 7")

    assert found() == [("tail_cut", 8, 3)]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_a_ledger_that_was_emptied_is_noticed() -> None:
    empty_ledger()
    record(10)
    write_head()

    sql("DELETE FROM kernel_fact")

    assert found() == [("emptied", 1, 10)]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_a_ledger_that_was_sealed_anew_with_another_key_is_noticed() -> None:
    empty_ledger()
    record(30)
    write_head()

    sql("DELETE FROM kernel_fact WHERE position = 5")
    seal_anew(b"x" * 32)

    kinds = [kind for kind, _position, _count in found()]
    assert kinds == ["changed", "tail_cut"]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_a_ledger_that_was_sealed_anew_with_our_own_key_is_noticed_by_the_heads() -> None:
    empty_ledger()
    record(10)
    write_head()
    record(20, first=11)

    sql("DELETE FROM kernel_fact WHERE position = 5")
    seal_anew(settings.CHAIN_KEY)

    assert found() == [("replaced", 10, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_another_ledger_of_the_same_length_is_noticed() -> None:
    empty_ledger()
    record(10)
    write_head()

    empty_ledger()
    record(10, first=100)

    assert found() == [("replaced", 10, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", ["[" * 50_000 + "]" * 50_000, "1" * 5_000, '{"a": 1e999999999}'], ids=len
)
def test_fields_that_nobody_can_read_are_a_changed_row_and_not_a_crash(data: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("jsonb does not take them in the first place")
    empty_ledger()
    record(10)

    sql("PRAGMA ignore_check_constraints = ON")
    sql("UPDATE kernel_fact SET data = %s WHERE position = 5", data)
    sql("PRAGMA ignore_check_constraints = OFF")

    assert found() == [("changed", 5, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("heads_folder")
def test_a_ledger_in_which_everything_is_wrong_is_told_in_few_words() -> None:
    empty_ledger()
    record(500)
    write_head()

    sql("UPDATE kernel_fact SET origin = 'x'")

    assert found() == [("changed", 1, 500)]


@pytest.mark.usefixtures("shared_database", "heads_folder")
def test_writers_at_once_make_one_chain() -> None:
    empty_ledger()

    at_once(4, lambda writer: [record(1, first=writer * 100 + n) for n in range(25)])

    report = ledger.check()
    assert (report.facts, report.problems) == (100, ())
    assert list(Fact.objects.order_by("pk").values_list("position", flat=True)) == list(
        range(1, 101)
    )


@pytest.mark.usefixtures("shared_database", "heads_folder")
def test_who_changes_a_person_and_who_names_that_person_do_not_wait_for_each_other() -> None:
    person = UserFactory.create()

    def work(writer: int) -> None:
        for _ in range(15):
            with transaction.atomic():
                if writer % 2:
                    User.objects.select_for_update(no_key=True).get(pk=person.pk)
                record_fact(Happened(thing_id=writer), actor=person, at=THURSDAY_10)

    at_once(4, work)

    assert Fact.objects.filter(actor=person).count() == 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("heads_folder")
def test_rows_of_before_the_chain_are_sealed_in_the_order_they_were_written() -> None:
    empty_ledger()
    record(3)
    record_one_with_numbers()
    call_command("migrate", "kernel", "0001", verbosity=0)
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, "kernel_fact")
    assert {column.name for column in described} == {
        "id", "kind", "subject", "happened_at", "actor_id", "data",
    }  # fmt: skip

    call_command("migrate", verbosity=0)

    report = ledger.check()
    assert (report.facts, report.problems) == (4, ())


def record_one_with_numbers() -> None:
    with transaction.atomic():
        record_fact(
            Happened(thing_id=9, said={"b": [1e22, 0.1, -3.0], "a": "中"}),
            actor=None,
            at=THURSDAY_10,
        )
