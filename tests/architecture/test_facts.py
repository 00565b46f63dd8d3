"""Every kind of fact has one owner."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from inspect import getmembers, isclass

import pytest
from django.utils.functional import Promise

from shuniu.zone.kernel.facts import FactRecord, every_fact
from tests.architecture.sources import ZONE

APPS = sorted({source.app for source in ZONE if source.module == "facts"})


def facts_of(app: str) -> list[type[FactRecord]]:
    """Return the facts of an app, of one module or several, without bases that they share."""
    module = import_module(f"shuniu.zone.{app}.facts")
    own = [
        thing
        for _name, thing in getmembers(module, isclass)
        if issubclass(thing, FactRecord)
        and f"{thing.__module__}.".startswith(f"{module.__name__}.")
    ]
    return [
        fact
        for fact in own
        if not any(other is not fact and issubclass(other, fact) for other in own)
    ]


@pytest.mark.parametrize("app", APPS)
def test_a_kind_is_app_thing_and_what_happened(app: str) -> None:
    kinds = [fact.kind for fact in facts_of(app)]

    assert kinds != []
    assert [kind for kind in kinds if not re.fullmatch(rf"{app}\.[a-z_]+\.[a-z_]+", kind)] == []


@pytest.mark.parametrize("app", APPS)
def test_a_fact_is_about_one_of_its_fields(app: str) -> None:
    lost = [fact.__name__ for fact in facts_of(app) if fact.about not in fact.__dataclass_fields__]

    assert lost == []


@pytest.mark.parametrize("app", APPS)
def test_a_fact_says_to_people_what_happened(app: str) -> None:
    silent = [
        fact.__name__
        for fact in facts_of(app)
        if not isinstance(getattr(fact, "label", None), Promise) or not str(fact.label).strip()
    ]

    assert silent == []


def test_two_facts_of_an_app_are_not_told_alike() -> None:
    labels = Counter((app, str(fact.label)) for app in APPS for fact in facts_of(app))

    assert [label for label, times in labels.items() if times > 1] == []


def test_the_audit_trail_knows_every_fact_of_the_sources() -> None:
    assert {fact.kind: fact for app in APPS for fact in facts_of(app)} == every_fact()


def test_no_two_facts_have_the_same_kind() -> None:
    kinds = Counter(fact.kind for app in APPS for fact in facts_of(app))

    assert [kind for kind, times in kinds.items() if times > 1] == []
