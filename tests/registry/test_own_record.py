"""The own record: all that the center knows, and a correction that can be said anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction, Enterprise, Site
from shuniu.zone.registry.queries import Change
from tests.factories import THURSDAY_10, ContactFactory, EnterpriseFactory, clerk, enterprise_admin
from tests.registry.people import told
from tests.registry.test_enterprise_pages import entered, record, send
from tests.registry.twin_firms import LATER, merged, undone

pytestmark = pytest.mark.usefixtures("zone")
URL = "/enterprise/correct/"
SEVEN = Change("employees", None, 7)


def asked(firm: Enterprise, *changes: Change, actor: User | None = None, **told: Any) -> Correction:
    return services.ask_for_correction(
        enterprise_id=firm.pk, changes=changes, note="", actor=actor or enterprise_admin(firm),
        now=THURSDAY_10, **told,
    )  # fmt: skip


def states() -> dict[UUID, str]:
    return dict(Correction.objects.values_list("pk", "state"))


def test_the_own_record_shows_contacts_and_sites_with_the_way_to_correct_them() -> None:
    firm = EnterpriseFactory.create()
    ContactFactory.create(enterprise=firm, name="顾样例", phone="15400010001")
    ContactFactory.create(name="沈别家", phone="15400010002")
    Site.objects.create(enterprise=firm, name="二厂", address="富江路 3 号", lon=121.2, lat=31.86)

    page = entered(enterprise_admin(firm)).get("/enterprise/")

    text = page.text
    assert ("顾样例" in text, "15400010001" in text, "沈别家" in text) == (True, True, False)
    assert "富江路 3 号" in text
    assert f'href="/contacts/?enterprise={firm.pk}"' in text
    assert f'href="/enterprise/correct/?enterprise={firm.pk}#id_about_sites"' in text
    assert "/places/" not in text
    assert "/sites/" not in text
    assert "no-store" in page["Cache-Control"]


def test_what_waits_stands_in_the_form_again_and_is_replaced_by_what_is_sent() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    first = asked(firm, SEVEN, actor=chief)
    client = entered(chief)

    form = client.get(URL).context["form"]
    assert (form["employees"].value(), form["replaces"].value()) == (7, str(first.pk))
    sent = record(firm, employees="8") | {"replaces": str(first.pk)}
    assert send(client, URL, **sent)[0] == 302

    second = Correction.objects.get(state=CorrectionState.WAITING)
    assert second.changes == {"employees": [None, 8]}
    assert states() == {first.pk: "WITHDRAWN", second.pk: "WAITING"}
    assert [kind for kind, _by in told("registry.correction")] == [
        "registry.correction.asked",
        "registry.correction.withdrawn",
        "registry.correction.asked",
    ]


def test_a_page_that_knew_of_none_replaces_none() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    first = asked(firm, SEVEN, actor=chief)

    status, page = send(entered(chief), URL, **record(firm, employees="8"))

    assert (status, "已有一份更正申请等待处理" in page) == (409, True)
    assert states() == {first.pk: "WAITING"}


def test_what_was_decided_meanwhile_is_not_replaced() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    first = asked(firm, SEVEN, actor=chief)
    services.reject_correction(
        correction_id=first.pk, reason="与执照不符", actor=clerk(), now=LATER
    )

    with pytest.raises(services.CorrectionDecided):
        asked(firm, Change("employees", None, 8), actor=chief, replaces=[first.pk])

    assert states() == {first.pk: "REJECTED"}


def test_nothing_is_withdrawn_when_the_new_one_is_refused() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    first = asked(firm, SEVEN, actor=chief)

    with pytest.raises(services.NothingToCorrect):
        asked(firm, actor=chief, replaces=[first.pk])

    assert states() == {first.pk: "WAITING"}


@pytest.mark.parametrize("text", ["x", "f59ca349-2624-43d1-945d-6209a19f176d,x"])
def test_a_page_that_was_tampered_with_is_out_of_date(text: str) -> None:
    firm = EnterpriseFactory.create()

    sent = record(firm, employees="8") | {"replaces": text}
    assert send(entered(enterprise_admin(firm)), URL, **sent)[0] == 422


def test_a_correction_may_be_about_the_sites_alone() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    client, desk = entered(chief), entered(clerk())

    words = "二厂搬到了港西大道 9 号"
    assert send(client, URL, **record(firm), about_sites=words)[0] == 302
    row = Correction.objects.get()
    page = desk.get(reverse("registry:correction", args=[row.pk])).text
    listed = desk.get(reverse("registry:corrections")).text
    seal = page.partition('name="seen" value="')[2].partition('"')[0]
    status, _page = send(desk, f"/corrections/{row.pk}/approve/", seen=seal)

    assert (words in page, "厂区已更正" in page, "全部采纳" in page) == (True, True, False)
    assert 'data-label="更正项目">厂区' in listed
    row.refresh_from_db()
    assert (status, row.state, row.changes) == (302, "APPROVED", {})
    assert words in client.get("/enterprise/").text


def two_that_wait() -> tuple[Enterprise, Enterprise, list[Correction]]:
    kept = EnterpriseFactory.create(name="海门甲鸢造船有限公司")
    gone = EnterpriseFactory.create(name="海门甲鸢造船公司")
    return kept, gone, [asked(kept, SEVEN), asked(gone, Change("employees", None, 9))]


def test_after_a_merge_both_corrections_wait_and_each_says_whose_it_was() -> None:
    kept, gone, rows = two_that_wait()
    chief = enterprise_admin(kept)
    merged(kept, gone)

    own = entered(chief).get("/enterprise/")
    desk = entered(clerk())
    record_page = desk.get(reverse("registry:enterprise", args=[kept.pk])).text
    page = desk.get(reverse("registry:correction", args=[rows[1].pk])).text

    assert [shown.correction for shown in own.context["waiting"]] == sorted(
        rows, key=lambda row: (row.asked_at, row.pk)
    )
    assert "为“海门甲鸢造船公司”提出" in own.text
    assert all(f"/corrections/{row.pk}/" in record_page for row in rows)
    assert "这是为“海门甲鸢造船公司”提出的" in page


def test_the_second_of_two_shows_what_the_first_one_changed() -> None:
    kept, gone, rows = two_that_wait()
    merged(kept, gone)
    kept.refresh_from_db()
    services.approve_correction(
        correction_id=rows[0].pk, seen=queries.seal_of(kept, ["employees"]), actor=clerk(),
        now=LATER,
    )  # fmt: skip

    page = entered(clerk()).get(reverse("registry:correction", args=[rows[1].pk]))

    assert page.context["has_moved"]
    assert [(line.was, line.now, line.new) for line in page.context["lines"]] == [("–", "7", "9")]


def test_one_form_replaces_both() -> None:
    kept, gone, rows = two_that_wait()
    chief = enterprise_admin(kept)
    merged(kept, gone)
    kept.refresh_from_db()

    asked(kept, Change("employees", None, 8), actor=chief, replaces=[row.pk for row in rows])

    assert sorted(states().values()) == ["WAITING", "WITHDRAWN", "WITHDRAWN"]


def test_separated_again_each_record_has_its_own() -> None:
    kept, gone, rows = two_that_wait()

    undone(merged(kept, gone))

    assert [queries.waiting_corrections_of(firm) for firm in (kept, gone)] == [
        [rows[0]], [rows[1]],
    ]  # fmt: skip
    rows[1].refresh_from_db()
    assert queries.record_asked_about(rows[1]) is None
