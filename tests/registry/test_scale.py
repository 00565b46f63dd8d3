"""Whether an enterprise is above scale: yes, no, or nobody has said."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from shuniu.zone.registry import forms, queries, services
from shuniu.zone.registry.models import Enterprise, Registration
from shuniu.zone.registry.queries import EnterpriseFilter
from tests.factories import THURSDAY_10, EnterpriseFactory, clerk
from tests.registry.people import sent
from tests.registry.test_enterprise_pages import entered
from tests.registry.twin_firms import merged

pytestmark = pytest.mark.usefixtures("zone")


def approved(row: Registration) -> Enterprise:
    answer = services.approve_registration(
        registration_id=row.pk, as_admin=True, joins=None, actor=clerk(), now=THURSDAY_10
    )
    return Enterprise.objects.get(pk=answer.enterprise_id or 0)


def test_what_an_application_does_not_ask_for_is_not_known() -> None:
    assert approved(sent()).is_above_scale is None


def test_the_record_and_the_list_say_that_it_is_not_known() -> None:
    firm = EnterpriseFactory.create(is_above_scale=None)
    client = entered(clerk())

    page = client.get(reverse("registry:enterprise", args=[firm.pk])).text
    rows = client.get(reverse("registry:enterprises")).text

    assert "<dt>规上企业</dt>\n    <dd>\n      \n        不详" in page
    assert '<span class="muted">不详</span>' in rows


def test_the_file_leaves_the_cell_empty() -> None:
    EnterpriseFactory.create(name="甲厂", is_above_scale=None)
    EnterpriseFactory.create(name="乙厂", is_above_scale=False)

    answer = entered(clerk()).get(reverse("registry:enterprises-csv"))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["企业名称"]: row["规上企业"] for row in rows} == {"甲厂": "", "乙厂": "否"}


@pytest.mark.parametrize(("scale", "names"), [("yes", ["甲"]), ("no", ["乙"]), ("unknown", ["丙"])])
def test_the_list_can_be_narrowed_to_each(scale: str, names: list[str]) -> None:
    for name, is_above in (("甲", True), ("乙", False), ("丙", None)):
        EnterpriseFactory.create(name=name, is_above_scale=is_above)

    who = queries.standing_of(clerk())
    rows = queries.filtered_enterprises(who, EnterpriseFilter(scale=scale), THURSDAY_10)

    assert [row.name for row in rows] == names


@pytest.mark.parametrize(
    ("given", "value"), [("unknown", None), ("true", True), ("false", False), ("", None)]
)
def test_a_form_takes_all_three(given: str, value: bool | None) -> None:
    field = forms.RecordForm.base_fields["is_above_scale"]

    assert field.clean(field.widget.value_from_datadict({"s": given}, {}, "s")) is value


@pytest.mark.parametrize(
    ("kept", "gone", "becomes"),
    [
        (None, False, False), (None, True, True), (False, None, False), (False, True, True),
        (True, False, True), (True, None, True), (None, None, None),
    ],
)  # fmt: skip
def test_a_merge_takes_over_what_is_known(
    kept: bool | None, gone: bool | None, becomes: bool | None
) -> None:
    stays, goes = (EnterpriseFactory.create(is_above_scale=known) for known in (kept, gone))

    merged(stays, goes)

    stays.refresh_from_db()
    assert stays.is_above_scale is becomes


def test_what_is_not_known_does_not_speak_against_the_other_record() -> None:
    firm = EnterpriseFactory.create(is_above_scale=None)
    other = EnterpriseFactory.create(is_above_scale=True)

    url = reverse("registry:merge-new", args=[firm.pk])
    page = entered(clerk()).get(f"{url}?other={other.pk}")

    pairs = {pair.label: pair for pair in page.context["pairs"]}
    assert (pairs["规上企业"].differs, pairs["规上企业"].is_conflict) == (True, False)
