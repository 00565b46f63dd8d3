"""Nobody writes a column by naming it: a form takes the fields that it shows and no others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from shuniu.zone.desk import forms
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel import clock
from tests.factories import THURSDAY_10
from tests.rights.expectations import ROLES, Cell, cells_of
from tests.rights.matrix import Matrix, undone
from tests.rights.questions import Fields, question_of
from tests.rights.snapshot import Change, changes, fields_read, state, tables_written

THAT_DAY = THURSDAY_10 + timedelta(minutes=5)
LEFT_BY_A_REFUSAL = {"Fact", "GuessCount"}
NOT_SENT = {"idempotency_key", "csrfmiddlewaretoken"}
# Two forms at one address: with a code it is the second.
TWO_FORMS = {"accounts:second-factor"}
# Two runs differ by themselves: what they write tells of a random key or of chance.
BY_CHANCE = {
    "registry:contact-new",
    "registry:member-new",
    "registry:enterprise-edit",
    "registry:own-correct",
    "kernel:import-new",
    "portal:data-request-grant",
    "notices:preferences",
    "notices:remove",
    "notices:robot-new",
    "registry:places-import",
    "portal:export-new",
}


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Let the clock stand, so that two runs write the same moments; and let every name through."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
    monkeypatch.setattr(clock, "now", lambda: THAT_DAY)


def every_column() -> Fields:
    """Return a value for the name of every column of every table, as a form would send it."""
    found: Fields = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                found[name] = _value(field)
    return {name: value for name, value in found.items() if name not in NOT_SENT}


def _value(field: Any) -> str:
    """Return something that the column would take, and that differs from what is there."""
    if isinstance(field, models.ForeignKey):
        newest = field.related_model._base_manager.order_by("-pk").first()
        return str(newest.pk if newest else 1)
    if field.choices:
        return str(list(dict(field.flatchoices))[-1])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2020-01-01" if type(field) is models.DateField else "2020-01-01T08:00:00+08:00"
    if isinstance(field, models.IntegerField | models.FloatField):
        return "4"
    is_json = isinstance(field, models.JSONField)
    return '{"category": "municipal"}' if is_json else "塞进来的字"


def writes_of(role: str) -> list[Cell]:
    """Return the writes of a role: all that succeed, and one of each address that does not."""
    writes = [
        cell
        for cell in cells_of(role)
        if cell.method == "POST"
        and cell.expected != "405"
        and cell.address not in TWO_FORMS | BY_CHANCE
    ]
    first_of = {cell.address: cell for cell in reversed(writes)}
    return [cell for cell in writes if cell.is_allowed or first_of[cell.address] is cell]


class Writer:
    """Sends writes of the matrix and tells what they change."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.before = state()
        self.columns = every_column()

    def effect_of(self, cell: Cell, extra: Fields) -> tuple[int, tuple[Change, ...], set[str]]:
        """Return the status, the changes and the names of the fields of the forms."""
        found: list[tuple[Change, ...]] = []

        def look() -> None:
            found.append(changes(self.before, state(tables)))

        with fields_read() as names, tables_written() as tables:
            answer = self.matrix.ask(cell, extra=extra, after=look)
        return answer.status, found[0], names

    def problem_of(self, cell: Cell) -> str:
        """Return what naming every column changes in the effect of a write, or nothing."""
        if not cell.is_allowed:
            _status, changed, _names = self.effect_of(cell, self.columns)
            kept = [c for c in changed if c.model in LEFT_BY_A_REFUSAL or c in self._prepared(cell)]
            return "" if len(kept) == len(changed) else f"{cell}: {changed}"
        status, plain, names = self.effect_of(cell, {})
        extra = {name: value for name, value in self.columns.items() if name not in names}
        with_all = self.effect_of(cell, extra)[:2]
        return "" if with_all == (status, plain) else f"{cell}: {plain} became {with_all}"

    def _prepared(self, cell: Cell) -> tuple[Change, ...]:
        """Return what is changed before the request, so that the step is possible."""
        with undone(), tables_written() as tables:
            question_of(self.matrix.world, cell)
            return changes(self.before, state(tables))


@pytest.mark.parametrize("role", ROLES)
def test_a_column_that_the_form_does_not_own_stays_as_it_is(matrix: Matrix, role: str) -> None:
    writer = Writer(matrix)

    problems = [writer.problem_of(cell) for cell in writes_of(role)]

    assert list(filter(None, problems)) == []


@pytest.mark.usefixtures("matrix")
def test_the_names_of_all_columns_are_sent() -> None:
    sent = every_column()

    assert len(sent) > 80
    assert {"sensitivity", "state", "enterprise_id", "is_active", "handler", "role"} <= set(sent)


def test_a_form_that_writes_whatever_it_is_sent_is_found(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(form: forms.StepForm) -> dict[str, Any]:
        Case.objects.filter(pk=form.case.pk).update(urgency=form.data.get("urgency", "normal"))
        return dict(form.cleaned_data)

    monkeypatch.setattr(forms.NoteForm, "arguments", careless)
    cell = next(c for c in writes_of("handler") if c.address == "desk:case-step/note")

    assert "urgency" in Writer(matrix).problem_of(cell)
