"""Nobody works on a record that was merged into another one, nor loses what came at that moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import open_case
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Enterprise, Site
from shuniu.zone.registry.services import NewSite
from tests.factories import EnterpriseFactory, clerk
from tests.registry.test_enterprise_pages import entered
from tests.registry.twin_firms import LATER, merged
from tests.sharing import at_once

pytestmark = pytest.mark.usefixtures("zone")
NEW = NewSite("二厂", "富江路 3 号", None)
STEPS: dict[str, Callable[[Site, User], object]] = {
    "correct": lambda site, by: services.correct_site(
        site_id=site.pk, new=NEW, actor=by, now=LATER
    ),
    "confirm": lambda site, by: services.confirm_site(site_id=site.pk, actor=by, now=LATER),
    "main": lambda site, by: services.make_main_site(site_id=site.pk, actor=by, now=LATER),
    "remove": lambda site, by: services.remove_site(site_id=site.pk, actor=by, now=LATER),
}


def gone_record() -> Enterprise:
    gone: Enterprise = EnterpriseFactory.create(name="海门甲鸢造船公司")
    merged(EnterpriseFactory.create(name="海门甲鸢造船有限公司"), gone)
    gone.refresh_from_db()
    return gone


def opened(firm: Enterprise, actor: User) -> Case:
    return open_case(
        enterprise=firm, text="厂门口的灯坏了", channel=Channel.PHONE, is_restricted=False,
        actor=actor, now=LATER,
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_site_that_still_hangs_on_a_merged_record_is_left_alone(step: str) -> None:
    site = Site.objects.create(enterprise=gone_record(), name="一厂", address="富江路 1 号")
    before = Site.objects.values().get()
    facts = Fact.objects.count()

    with pytest.raises(services.RecordMerged):
        STEPS[step](site, clerk())

    assert Site.objects.values().get() == before
    assert Fact.objects.count() == facts


@pytest.mark.parametrize("name", ["registry:enterprise-edit", "registry:site-new", "registry:site"])
def test_a_form_about_a_merged_record_leads_to_the_one_that_stands_for_it(name: str) -> None:
    gone = gone_record()
    site = Site.objects.create(enterprise=gone, address="富江路 1 号")
    key = site.pk if name == "registry:site" else gone.pk

    answer = entered(clerk()).get(reverse(name, args=[key]))

    assert (answer.status_code, answer["Location"]) == (
        302, reverse("registry:enterprise", args=[gone.merged_into_id]),
    )  # fmt: skip
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "这条记录已并入海门甲鸢造船有限公司，请在该企业上办理。"
    ]


def test_a_need_for_a_record_that_was_read_before_it_was_merged_arrives() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    read_before = Enterprise.objects.select_related("merged_into").get(pk=gone.pk)
    merged(kept, gone)

    assert opened(read_before, clerk()).enterprise_id == kept.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
def test_a_need_that_is_sent_while_two_records_are_merged_arrives_at_the_one_that_stays() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    people = [clerk(), clerk()]
    read_before = Enterprise.objects.select_related("merged_into").get(pk=gone.pk)
    is_merging = Event()

    def work(number: int) -> Any:
        if number == 0:
            with transaction.atomic():
                merged(kept, gone, people[0])
                is_merging.set()
                Event().wait(0.5)  # the other one asks for the record meanwhile
            return None
        assert is_merging.wait(20)
        return opened(read_before, people[1]).enterprise_id

    assert at_once(2, work)[1] == kept.pk
    assert set(Case.objects.values_list("enterprise_id", flat=True)) == {kept.pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
def test_a_merge_waits_for_a_need_that_is_being_written_down_and_moves_it() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    people = [clerk(), clerk()]
    is_opening = Event()

    def work(number: int) -> None:
        if number == 0:
            with transaction.atomic():
                opened(gone, people[0])
                is_opening.set()
                Event().wait(0.5)
            return
        assert is_opening.wait(20)
        merged(kept, gone, people[1])

    at_once(2, work)

    assert set(Case.objects.values_list("enterprise_id", flat=True)) == {kept.pk}
