"""Every column of the database has a class, and every class an end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from shuniu.config.data_map import DATA_MAP
from shuniu.config.retention import KEEPINGS
from shuniu.profiles.retention import Retention
from shuniu.zone.kernel.data_map import DataMap, unclassed, without_end


def tables_of_the_database() -> dict[str, tuple[str, ...]]:
    """Return every table with its columns as the database itself has them."""
    with connection.cursor() as cursor:
        return {
            name: tuple(
                column.name
                for column in connection.introspection.get_table_description(cursor, name)
            )
            for name in connection.introspection.table_names(cursor)
        }


@pytest.mark.django_db
def test_every_column_of_the_database_has_a_class() -> None:
    assert unclassed(DATA_MAP, tables_of_the_database()) == []


@pytest.mark.django_db
def test_the_map_names_no_column_that_is_not_there() -> None:
    tables = tables_of_the_database()

    lost = [
        f"{column.table}.{column.name}"
        for column in DATA_MAP.columns
        if column.name not in tables.get(column.table, ())
    ]
    assert lost == []


def test_no_column_has_two_classes() -> None:
    places = [(column.table, column.name) for column in DATA_MAP.columns]

    assert len(places) == len(set(places))


def test_every_class_of_a_column_is_described() -> None:
    known = {one.code for one in DATA_MAP.classes}

    assert {column.data_class for column in DATA_MAP.columns} - known == set()


def test_every_class_ends_or_says_why_it_need_not() -> None:
    assert without_end(DATA_MAP, KEEPINGS) == []


def test_whatever_is_deleted_is_a_class_of_the_map() -> None:
    known = {one.code for one in DATA_MAP.classes}

    assert [keeping.data_class for keeping in KEEPINGS if keeping.data_class not in known] == []


def test_every_length_of_the_profile_is_used_by_a_class() -> None:
    class Asked:
        def __init__(self) -> None:
            self.names: set[str] = set()

        def __getattr__(self, name: str) -> int:
            self.names.add(name)
            return 1

    asked = Asked()
    for keeping in KEEPINGS:
        for cell in keeping.span.__closure__ or ():
            if callable(cell.cell_contents):
                cell.cell_contents(asked)

    assert asked.names == set(Retention.model_fields)


@isolate_apps("shuniu.zone.kernel")
def test_a_new_column_without_a_class_is_noticed() -> None:
    class Planted(models.Model):
        nickname = models.CharField(max_length=20)

        class Meta:
            app_label = "kernel"

        def __str__(self) -> str:
            return self.nickname

    tables = {Planted._meta.db_table: tuple(str(field.column) for field in Planted._meta.fields)}

    assert unclassed(DATA_MAP, tables) == ["kernel_planted.id", "kernel_planted.nickname"]


def test_a_new_class_without_an_end_is_noticed() -> None:
    planted = replace(DATA_MAP.data_class("identity"), code="planted")
    with_it = DataMap((*DATA_MAP.classes, planted), DATA_MAP.columns)

    assert without_end(with_it, KEEPINGS) == ["planted"]


def test_every_class_about_persons_is_assessed_and_in_the_copy_or_says_why_not() -> None:
    silent = [
        one.code
        for one in DATA_MAP.classes
        if one.is_personal and one.in_copy == bool(str(one.not_in_copy))
    ]

    assert silent == []


def test_a_class_that_is_kept_for_ever_is_not_deleted_too() -> None:
    deleted = {keeping.data_class for keeping in KEEPINGS}

    assert [one.code for one in DATA_MAP.classes if one.kept_because and one.code in deleted] == []
