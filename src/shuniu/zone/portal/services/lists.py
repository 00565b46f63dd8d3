"""The lists that background work makes files of: who may have one, its rows, its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.services import table_of_cases
from shuniu.zone.kernel.channels import Table
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.queries import EnterpriseFilter, Standing
from shuniu.zone.registry.services import table_of_enterprises

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class ExportedList:
    """A list that can be had as a file.

    Attributes
    ----------
    address
        Name of the address where the list stands.
    may
        Who has this list at all.
    visible
        All rows that a person may see.
    wanted
        Those of a filter, given as the query of the list's address, in the order of the list.
    table
        Rows as a table, in a language; rows are taken one by one.
    """

    code: str
    label: Promise
    address: str
    may: Callable[[Standing], bool]
    visible: Callable[[Standing], Rows]
    wanted: Callable[[Standing, str, datetime], Rows]
    table: Callable[[Iterable[Any], str], Table]


def _cases(who: Standing, query: str, now: datetime) -> Rows:  # noqa: ARG001  # the shape of a list
    return desk.filtered_cases(who, CaseFilter.read(dict(parse_qsl(query))))


def _table_of_cases(rows: Iterable[Any], language: str) -> Table:
    return table_of_cases(rows, registry.profile_in_force().profile, language)


def _enterprises(who: Standing, query: str, now: datetime) -> Rows:
    return registry.filtered_enterprises(who, EnterpriseFilter.read(dict(parse_qsl(query))), now)


def _table_of_enterprises(rows: Iterable[Any], language: str) -> Table:  # noqa: ARG001  # as above
    return table_of_enterprises(rows)


LISTS = {
    one.code: one
    for one in (
        ExportedList(
            "cases",
            _("Cases"),
            "desk:case-list",
            desk.may_list_cases,
            desk.cases_visible_to,
            _cases,
            _table_of_cases,
        ),
        ExportedList(
            "enterprises",
            _("Enterprises"),
            "registry:enterprises",
            registry.may_see_enterprises,
            registry.records_visible_to,
            _enterprises,
            _table_of_enterprises,
        ),
    )
}
