"""Lists that a person has saved: their names, their numbers, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.models import SavedView
from shuniu.zone.desk.queries import CaseFilter
from tests.desk.browsing import KEY, signed_in
from tests.desk.people import People, accepted, dispatched
from tests.factories import THURSDAY_10

OPEN = CaseFilter(turn="open", state="ACCEPTED")


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def saved(people: People, name: str = "待派") -> SavedView:
    return services.save_view(name=name, wanted=OPEN, actor=people.clerk, now=THURSDAY_10)


def test_the_number_beside_a_view_is_that_of_the_list_it_opens(people: People) -> None:
    accepted(people)
    accepted(people)
    dispatched(people)
    saved(people)
    client = signed_in(people.clerk)

    page = client.get(reverse("desk:case-list"))
    view = page.context["views"][0]
    opened = client.get(view.url)

    assert (view.label, view.count) == ("待派", 2)
    assert opened.context["page"].paginator.count == 2
    assert opened.context["views"][0].is_current


def test_the_list_opens_with_the_view_that_is_preferred(people: People) -> None:
    accepted(people)
    view = saved(people)
    services.prefer_view(view_id=view.pk, actor=people.clerk, now=THURSDAY_10)

    page = signed_in(people.clerk).get(reverse("desk:case-list"))

    assert page.context["wanted"] == OPEN


def test_preferring_again_takes_the_preference_away(people: People) -> None:
    view = saved(people)

    for _turn in range(2):
        services.prefer_view(view_id=view.pk, actor=people.clerk, now=THURSDAY_10)

    assert not SavedView.objects.filter(is_default=True).exists()


def test_a_removed_view_can_be_brought_back_from_the_page(people: People) -> None:
    view = saved(people)
    client = signed_in(people.clerk)

    removed = client.post(
        reverse("desk:view-step", args=[view.pk, "remove"]), {"idempotency_key": KEY}, follow=True
    )
    left = list(queries.views_of(people.clerk.pk))
    client.post(
        reverse("desk:view-step", args=[view.pk, "restore"]), {"idempotency_key": KEY + "2"}
    )

    assert "视图“待派”已删除" in removed.text
    assert (left, list(queries.views_of(people.clerk.pk))) == ([], [view])


def test_two_views_of_a_person_do_not_share_a_name(people: People) -> None:
    saved(people)

    with pytest.raises(services.ViewNameTaken):
        saved(people)


@pytest.mark.parametrize("name", ["", "  ", "长" * 21])
def test_a_view_without_a_short_name_is_refused(people: People, name: str) -> None:
    with pytest.raises(services.ViewNameMissing):
        saved(people, name)


def test_nobody_touches_somebody_elses_view(people: People) -> None:
    view = saved(people)

    with pytest.raises(services.NotYourView):
        services.rename_view(view_id=view.pk, name="我的", actor=people.supervisor, now=THURSDAY_10)

    view.refresh_from_db()
    assert view.name == "待派"


def test_removed_views_are_purged_after_their_time(people: People) -> None:
    kept, gone = saved(people), saved(people, "旧的")
    services.remove_view(view_id=gone.pk, actor=people.clerk, now=THURSDAY_10)
    later = THURSDAY_10 + timedelta(days=1)

    services.purge_views(before=later, limit=10, now=later)

    assert list(SavedView.objects.all()) == [kept]
