"""Files of places: kept, shown, written, undone. A place that two people correct at once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Place, PlaceFile, Site
from shuniu.zone.registry.services import NewSite
from tests.clients import Client
from tests.factories import THURSDAY_10, EnterpriseFactory, clerk, leader
from tests.registry.ground import HERE, collection, feature, place, sent, square
from tests.registry.people import told
from tests.registry.test_places import IMPORT, confirmed, preview
from tests.sharing import at_once

pytestmark = pytest.mark.usefixtures("zone")
LATER = THURSDAY_10 + timedelta(hours=1)
LATEST = THURSDAY_10 + timedelta(hours=2)


def kept(*features: object, by: User | None = None) -> PlaceFile:
    return services.keep_place_file(
        name="places.geojson", content=collection(*features), datum="WGS84", actor=by or clerk(),
        now=THURSDAY_10,
    )  # fmt: skip


def written(file: PlaceFile, by: User | None = None) -> services.Written:
    seal = services.seal_of_rows(services.without_faults(services.rows_of_file(file)))
    return services.write_place_file(file_id=file.pk, seal=seal, actor=by or clerk(), now=LATER)


def undone(file: PlaceFile) -> services.TakenBack:
    return services.undo_place_file(file_id=file.pk, actor=clerk(), now=LATEST)


def everything() -> list[Any]:
    """Return what all places say, but for when they were changed."""
    return list(
        Place.objects.order_by("code").values_list(
            "code", "name", "kind", "part_of__code", "shape", "west", "south", "east", "north",
            "is_active",
        )
    )  # fmt: skip


def test_a_file_of_three_megabytes_is_shown_and_written(client: Client) -> None:
    client.force_login(clerk())

    page = preview(client, collection(feature("P1", note="园" * 450_000)))

    assert (confirmed(client, page), Place.objects.get().code) == (302, "P1")


def test_undoing_a_file_gives_back_exactly_what_was() -> None:
    place("P1", name="甲园")
    old = place("P2", part_of="P1", kind="PLOT")
    services.retire_place(place_id=old.pk, actor=clerk(), now=THURSDAY_10)
    firm = EnterpriseFactory.create()
    site = services.add_site(
        enterprise_id=firm.pk, new=NewSite("一厂", "", HERE), actor=clerk(), now=THURSDAY_10
    )
    before, at = everything(), Site.objects.get(pk=site.pk).place_id
    small = square(121.199, 31.859, 0.002)
    file = kept(
        feature("P1", square(121.2, 31.86, 0.01), name="乙园"), feature("P2"),
        feature("P3", part_of="P1"), feature("P4", small, part_of="P3"),
    )  # fmt: skip
    written(file)
    assert everything() != before
    assert Site.objects.get(pk=site.pk).place_id == Place.objects.get(code="P4").pk

    back = undone(file)

    assert (back.removed, back.restored, back.left) == (2, 2, ())
    assert everything() == before
    assert Site.objects.get(pk=site.pk).place_id == at
    assert [kind for kind, _by in told("registry.place")][-5:] == [
        "registry.place.corrected",
        "registry.place.corrected",
        "registry.place.taken_back",
        "registry.place.taken_back",
        "registry.place_file.undone",
    ]


def test_what_somebody_touched_since_stays() -> None:
    place("P1", name="甲园")
    file = kept(feature("P1", name="乙园"), feature("P2"), feature("P3"), feature("P4"))
    written(file)
    place("P1", name="丙园")
    place("P9", part_of="P2")
    third = Place.objects.get(code="P3")
    services.retire_place(place_id=third.pk, actor=clerk(), now=LATEST)

    back = undone(file)

    assert (back.removed, back.restored, sorted(back.left)) == (1, 0, ["P1", "P2", "P3"])
    assert sorted(Place.objects.values_list("code", "name")) == [
        ("P1", "丙园"), ("P2", "P2园"), ("P3", "P3园"), ("P9", "P9园"),
    ]  # fmt: skip


def test_a_file_is_written_once_and_undone_once() -> None:
    file = kept(feature("P1"))
    with pytest.raises(services.PlaceFileOver):
        undone(file)
    written(file)
    with pytest.raises(services.PlaceFileOver):
        written(file)
    undone(file)
    with pytest.raises(services.PlaceFileOver):
        undone(file)

    assert not Place.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
def test_two_confirmations_at_once_write_once() -> None:
    people = [clerk(), clerk()]
    file = kept(feature("P1"), by=people[0])
    seal = services.seal_of_rows(services.rows_of_file(file))

    def work(number: int) -> str:
        try:
            services.write_place_file(file_id=file.pk, seal=seal, actor=people[number], now=LATER)
        except services.PlaceFileOver:
            return "refused"
        return "written"

    assert sorted(at_once(2, work)) == ["refused", "written"]
    assert [kind for kind, _by in told("registry.place.added")] == ["registry.place.added"]


def test_only_clerks_keep_write_and_undo_files() -> None:
    file, other = kept(feature("P1")), kept(feature("P2"))
    written(other)
    somebody = leader()
    with pytest.raises(services.NotForYou):
        kept(feature("P3"), by=somebody)
    with pytest.raises(services.NotForYou):
        written(file, somebody)
    with pytest.raises(services.NotForYou):
        services.undo_place_file(file_id=other.pk, actor=somebody, now=LATEST)

    assert list(Place.objects.values_list("code", flat=True)) == ["P2"]


def test_files_are_deleted_and_their_places_stay() -> None:
    written(kept(feature("P1")))

    services.purge_place_files(before=LATER, limit=9, now=LATEST)

    assert (PlaceFile.objects.count(), Place.objects.count()) == (0, 1)


def test_the_page_of_a_file_leads_from_the_preview_to_the_way_back(client: Client) -> None:
    client.force_login(clerk())
    confirmed(client, preview(client, collection(feature("P1"))))
    file = PlaceFile.objects.get()
    url = reverse("registry:place-file", args=[file.pk])

    page = client.get(url).text
    listed = client.get(IMPORT).text
    back = client.post(
        f"{url}undo/", {"idempotency_key": "undo-it-once"}, follow=True
    ).content.decode()
    again = sent(client, f"{url}undo/").status_code
    over = sent(client, f"{url}confirm/", seal="x").status_code

    assert ("新增 1 处场所" in page, "P1园" in page) == (True, True)
    assert (f'href="{url}"' in listed, "places.geojson" in listed) == (True, True)
    assert ("移除 1 处场所" in back, Place.objects.count()) == (True, 0)
    assert (again, over) == (409, 409)


def test_a_confirmation_without_a_seal_or_of_no_step_writes_nothing(client: Client) -> None:
    client.force_login(clerk())
    url = reverse("registry:place-file", args=[kept(feature("P1")).pk])

    assert sent(client, f"{url}confirm/")["Location"] == url
    assert sent(client, f"{url}confirm/", seal="x").status_code == 409
    assert sent(client, f"{url}anything/", seal="x").status_code == 404
    assert not Place.objects.exists()


def test_the_system_of_positions_is_remembered(client: Client) -> None:
    client.force_login(clerk())
    upload = SimpleUploadedFile("a.geojson", collection(feature("P1")))
    firm = EnterpriseFactory.create()
    site = Site.objects.create(enterprise=firm, address="富江路 1 号", lon=121.2, lat=31.86)

    sent(client, IMPORT, file=upload, datum="GCJ02")

    new = reverse("registry:site-new", args=[firm.pk])
    for url in (IMPORT, "/places/new/", new):
        assert client.get(url).context["form"]["datum"].value() == "GCJ02"
    # What stands in the form of a site that is known is WGS-84.
    old = client.get(reverse("registry:site", args=[site.pk])).context["form"]
    assert old["datum"].value() in {None, "WGS84"}
    client.cookies["datum"] = "X"
    assert client.get(IMPORT).context["form"]["datum"].value() == "WGS84"


def form_of(client: Client, row: Place, **changes: str) -> dict[str, str]:
    """Return what the form of a place sends, with what the page showed."""
    form = client.get(reverse("registry:place-correct", args=[row.pk])).context["form"]
    named = {"name": row.name, "kind": row.kind, "datum": "WGS84", "shape": json.dumps(row.shape)}
    return named | {"seen": form["seen"].value()} | changes


def test_a_place_that_was_changed_meanwhile_is_not_overwritten_unseen(client: Client) -> None:
    row = place("P1", name="甲园")
    client.force_login(clerk())
    fields = form_of(client, row, name="乙园")
    services.write_places(
        places=services.places_from_file(collection(feature("P1", name="丙园")), "WGS84"),
        actor=clerk(), now=LATER,
    )  # fmt: skip
    url = reverse("registry:place-correct", args=[row.pk])

    answer = sent(client, url, **fields)
    assert (answer.status_code, Place.objects.get().name) == (409, "丙园")
    assert answer.context["differs"] == (("名称", "丙园", "乙园"),)
    fields["seen"] = answer.context["form"]["seen"].value()
    assert sent(client, url, **fields).status_code == 302

    assert Place.objects.get().name == "乙园"


def test_saving_a_retired_place_does_not_take_it_up_again(client: Client) -> None:
    row = place("P1", name="甲园")
    place("P2", part_of="P1")
    part = Place.objects.get(code="P2")
    for key in (part.pk, row.pk):
        services.retire_place(place_id=key, actor=clerk(), now=THURSDAY_10)
    client.force_login(clerk())
    part.refresh_from_db()

    fields = form_of(client, part, name="乙园", part_of=str(row.pk))
    status = sent(client, reverse("registry:place-correct", args=[part.pk]), **fields).status_code

    part.refresh_from_db()
    assert (status, part.name, part.is_active, part.part_of_id) == (302, "乙园", False, row.pk)


def test_a_seal_that_does_not_fit_is_refused_inside_the_transaction() -> None:
    rows = services.places_from_file(collection(feature("P1")), "WGS84")
    with pytest.raises(services.PlacesChanged):
        services.write_places(places=rows, seal="another", actor=clerk(), now=THURSDAY_10)

    assert not Place.objects.exists()
