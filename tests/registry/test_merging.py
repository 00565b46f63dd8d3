"""Two records of one firm made one: no link is lost, and the way back gives what was."""

from __future__ import annotations

import pytest
from django.db import models

from shuniu.zone.desk.queries import cases_visible_to
from shuniu.zone.kernel.models import Fact, FactWords
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import (
    Contact,
    Enterprise,
    Membership,
    Site,
)
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    clerk,
    member_of,
)
from tests.registry.people import CODE, OTHER_CODE
from tests.registry.twin_firms import (
    MAKERS,
    TELL_OF_MERGES,
    everything,
    is_once,
    keys_at,
    links,
    merged,
    new,
    two_firms,
    undone,
)

pytestmark = pytest.mark.usefixtures("zone")


def test_every_table_that_points_at_an_enterprise_is_known_here() -> None:
    assert links() == MAKERS.keys() | TELL_OF_MERGES


def test_what_may_stand_only_once_has_a_rule() -> None:
    """A link inside a unique constraint would break a merge, unless a rule folds the rows."""
    once = {
        model
        for model, column in links()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and column.removesuffix("_id") in constraint.fields
    } | {model for model, column in links() if is_once(model, column)}

    assert once == set(services.merging.FOLDS)


def test_no_link_is_lost() -> None:
    kept, gone = two_firms()
    before = {name: keys_at(kept)[name] | keys for name, keys in keys_at(gone).items()}

    merged(kept, gone)

    before["Enterprise.merged_into_id"].add(gone.pk)
    assert keys_at(kept) == before
    assert set(map(len, keys_at(gone).values())) == {0}


def test_undoing_gives_back_exactly_what_was() -> None:
    kept, gone = two_firms(employees=42, products=["分段"], address="海门区样例路 1 号")
    both = member_of(kept)
    Membership.objects.create(user=both, enterprise=gone, is_admin=True)
    before = everything()

    merge = merged(kept, gone)
    assert everything() != before
    undone(merge)

    assert everything() == before


def test_whoever_speaks_for_both_speaks_once_with_the_higher_rank() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    both = member_of(kept)
    Membership.objects.create(user=both, enterprise=gone, is_admin=True)

    merged(kept, gone)

    row = Membership.objects.get(user=both)
    assert (row.enterprise_id, row.is_admin) == (kept.pk, True)


def test_whoever_was_let_go_since_does_not_come_back_by_undoing() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    both = member_of(kept)
    Membership.objects.create(user=both, enterprise=gone)
    merge = merged(kept, gone)
    Membership.objects.filter(user=both).delete()

    undone(merge)

    assert not Membership.objects.filter(user=both).exists()


def test_one_main_site_stays_the_main_one() -> None:
    kept, gone = two_firms()
    first = Site.objects.get(enterprise=kept)

    merged(kept, gone)

    assert list(Site.objects.filter(enterprise=kept, is_main=True)) == [first]
    assert Site.objects.filter(enterprise=kept).count() == 2


def test_people_of_both_see_the_cases_of_both() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    one, other = member_of(kept), member_of(gone)
    CaseFactory.create(enterprise=kept)
    CaseFactory.create(enterprise=gone)

    merged(kept, gone)

    seen = [cases_visible_to(queries.standing_of(user)).count() for user in (one, other)]
    assert seen == [2, 2]


def test_what_the_kept_record_does_not_say_is_taken_over() -> None:
    kept = EnterpriseFactory.create(short_name="甲", products=["钢板"], inputs=[], employees=None)
    gone = EnterpriseFactory.create(
        short_name="乙", products=["钢板", "分段"], inputs=["焊丝"], employees=0, scope="造船"
    )

    merge = merged(kept, gone)

    kept.refresh_from_db()
    assert (kept.short_name, kept.products, kept.inputs, kept.employees, kept.scope) == (
        "甲", ["钢板", "分段"], ["焊丝"], 0, "造船",
    )  # fmt: skip
    assert merge.taken_over == {
        "employees": [None, 0],
        "scope": ["", "造船"],
        "products": [["钢板"], ["钢板", "分段"]],
        "inputs": [[], ["焊丝"]],
    }


def test_a_field_that_was_corrected_since_stays_when_the_merge_is_undone() -> None:
    kept = EnterpriseFactory.create(employees=None, scope="")
    gone = EnterpriseFactory.create(employees=10, scope="造船")
    merge = merged(kept, gone)
    Enterprise.objects.filter(pk=kept.pk).update(employees=12)

    undone(merge)

    kept.refresh_from_db()
    assert (kept.employees, kept.scope) == (12, "")


def test_what_was_added_since_stays_with_the_record_that_stayed() -> None:
    kept, gone = two_firms()
    merge = merged(kept, gone)
    new = CaseFactory.create(enterprise=kept)

    undone(merge)

    new.refresh_from_db()
    assert new.enterprise_id == kept.pk


def test_what_was_deleted_since_does_not_come_back() -> None:
    kept, gone = two_firms()
    merge = merged(kept, gone)
    Contact.objects.all().delete()

    undone(merge)

    assert not Contact.objects.exists()


def test_each_record_has_its_fact_and_the_reason_stands_beside() -> None:
    kept, gone = two_firms()
    actor = clerk()

    merge = merged(kept, gone, actor, "两张执照是同一家")
    undone(merge, actor)

    rows = Fact.objects.filter(kind__startswith="registry.enterprise.").order_by("pk")
    assert [(fact.kind.rpartition(".")[2], fact.subject.rpartition(":")[2]) for fact in rows] == [
        ("took_over", str(kept.pk)),
        ("merged", str(gone.pk)),
        ("gave_back", str(kept.pk)),
        ("separated", str(gone.pk)),
    ]
    assert (rows[0].data["rows"], rows[2].data["rows"]) == (9, 9)
    assert FactWords.objects.get().text == "两张执照是同一家"


def test_the_history_of_the_gone_record_is_read_at_the_kept_one() -> None:
    actor = clerk()
    kept, gone = services.register_enterprises(
        enterprises=[new("海门甲鸢有限公司", CODE), new("海门乙鹭有限公司", OTHER_CODE)],
        actor=actor,
        now=THURSDAY_10,
    )

    merged(kept, gone, actor, "两张执照是同一家")

    facts = queries.facts_of_record(kept)
    assert [(fact.kind.rpartition(".")[2], fact.subject[-1:]) for fact in facts] == [
        ("merged", str(gone.pk)[-1:]),
        ("took_over", str(kept.pk)[-1:]),
        ("registered", str(gone.pk)[-1:]),
        ("registered", str(kept.pk)[-1:]),
    ]


def test_the_kept_record_is_found_by_name_and_code_of_the_gone_one() -> None:
    kept, gone = two_firms()
    actor = clerk()

    merged(kept, gone, actor)

    who = queries.standing_of(actor)
    assert queries.enterprises_found(who, gone.name, limit=5) == [kept]
    assert queries.enterprises_found(who, gone.credit_code, limit=5) == [kept]
    assert queries.records_of_codes([gone.credit_code]) == {gone.credit_code: kept}
    assert queries.enterprise_named(gone.name) == kept
