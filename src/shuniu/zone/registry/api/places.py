"""Parks, plots and buildings, and where enterprises work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
)
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.queries import PlaceFilter

GEOJSON = "application/geo+json"
places = area("Places")


class PlacePart(Part):
    """A part of the zone; the shape is a GeoJSON geometry in WGS-84."""

    id: Key
    code: str
    name: str
    kind: PlaceKind
    part_of: str = Field(description="Code of the place that it belongs to; empty for none")
    shape: dict[str, Any]
    is_active: bool
    sites: int = Field(description="How many sites lie in it or in its parts")
    changed_at: datetime


class SitePart(Part):
    """Where an enterprise works; the position in WGS-84."""

    id: Key
    enterprise: Key
    name: str
    address: str
    place: str = Field(description="Code of the place; empty where none is known")
    lon: float | None
    lat: float | None
    is_main: bool
    verified_at: datetime | None


class PlaceQuery(Part):
    """Which places; the filters of the list page."""

    model_config = ConfigDict(frozen=True)

    words: Words = ""
    kind: PlaceKind | Literal["", "retired"] = ""


def _parts(rows: Sequence[Place]) -> list[PlacePart]:
    counts = queries.site_counts()
    return [
        PlacePart(
            id=row.pk,
            code=row.code,
            name=row.name,
            kind=PlaceKind(row.kind),
            part_of=row.part_of.code if row.part_of else "",
            shape=row.shape,
            is_active=row.is_active,
            sites=counts.get(row.pk, 0),
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def _site_part(row: Site) -> SitePart:
    return SitePart(
        id=row.pk,
        enterprise=row.enterprise_id,
        name=row.name,
        address=row.address,
        place=row.place.code if row.place else "",
        lon=row.lon,
        lat=row.lat,
        is_main=row.is_main,
        verified_at=row.verified_at,
    )


@places.get("/places", url_name="places", operation_id="places_list", response=Page[PlacePart])
def places_list(
    request: Request, wanted: Query[PlaceQuery], page: Query[PageQuery]
) -> Page[PlacePart]:
    """List places by code: parts follow what they belong to."""
    to_be(policies.may_see_places(request.standing))
    words = wanted.words.replace("\x00", "").strip()[:60]
    rows = queries.filtered_places(request.standing, PlaceFilter(words, wanted.kind))
    return page_of(request, rows, _parts, page)


@places.get("/places.geojson", url_name="places-file", operation_id="places_geojson")
def places_geojson(request: Request) -> HttpResponse:
    """Read all places in use as one GeoJSON file."""
    to_be(policies.may_see_places(request.standing))
    rows = [services.row_of(place) for place in queries.active_places()]
    return HttpResponse(services.places_as_geojson(rows), content_type=GEOJSON)


@places.post("/places", url_name="places", operation_id="place_add", response={201: PlacePart})
@formed(form_body("NewPlace", forms.PlaceForm))
def place_add(request: Request, body: Body) -> Status[PlacePart]:
    """Add a place."""
    to_be(policies.may_keep_places(request.standing))
    form = forms.PlaceForm(fields_of(body))
    checked(form)
    written = services.write_places(places=[form.new()], actor=request.user, now=clock.now())
    return Status(201, _parts(written.added)[0])


@places.get(
    "/places/{int:place_id}", url_name="place", operation_id="place_read", response=PlacePart
)
def place_read(request: Request, place_id: Key) -> PlacePart:
    """Read one place."""
    return _parts([_place(request, place_id)])[0]


@places.post(
    "/places/{int:place_id}/correct",
    url_name="place-correct",
    operation_id="place_correct",
    response=PlacePart,
)
@formed(form_body("CorrectedPlace", forms.PlaceForm, leave_out={"code"}))
def place_correct(request: Request, place_id: Key, body: Body) -> PlacePart:
    """Correct a place: it is sent whole."""
    to_be(policies.may_keep_places(request.standing))
    row = _place(request, place_id)
    form = forms.PlaceForm(fields_of(body), place=row)
    checked(form)
    services.write_places(places=[form.new()], actor=request.user, now=clock.now())
    return _parts([_place(request, place_id)])[0]


@places.post(
    "/places/{int:place_id}/{step}",
    url_name="place-step",
    operation_id="place_step",
    response=PlacePart,
)
def place_step(request: Request, place_id: Key, step: Literal["retire", "restore"]) -> PlacePart:
    """Take a place out of use, or up again."""
    to_be(policies.may_keep_places(request.standing))
    row = _place(request, place_id)
    command = services.retire_place if step == "retire" else services.restore_place
    command(place_id=row.pk, actor=request.user, now=clock.now())
    return _parts([_place(request, place_id)])[0]


@places.get(
    "/enterprises/{int:enterprise_id}/sites",
    url_name="sites",
    operation_id="sites_list",
    response=list[SitePart],
)
def sites_list(request: Request, enterprise_id: Key) -> list[SitePart]:
    """List where an enterprise works, the main site first."""
    to_be(policies.may_see_enterprises(request.standing))
    firm = found(queries.records_visible_to(request.standing), enterprise_id)
    return [_site_part(row) for row in queries.sites_of(firm)]


@places.post(
    "/enterprises/{int:enterprise_id}/sites",
    url_name="sites",
    operation_id="site_add",
    response={201: SitePart},
)
@formed(form_body("NewSite", forms.SiteForm))
def site_add(request: Request, enterprise_id: Key, body: Body) -> Status[SitePart]:
    """Add a site to an enterprise."""
    to_be(policies.may_keep_places(request.standing))
    firm = found(queries.enterprises_visible_to(request.standing), enterprise_id)
    form = forms.SiteForm(fields_of(body))
    checked(form)
    row = services.add_site(
        enterprise_id=firm.pk, new=form.new(), actor=request.user, now=clock.now()
    )
    return Status(201, _site_part(row))


@places.post(
    "/sites/{int:site_id}/correct",
    url_name="site-correct",
    operation_id="site_correct",
    response=SitePart,
)
@formed(form_body("CorrectedSite", forms.SiteForm))
def site_correct(request: Request, site_id: Key, body: Body) -> SitePart:
    """Correct a site: it is sent whole."""
    row = _site(request, site_id)
    form = forms.SiteForm(fields_of(body), site=row)
    checked(form)
    services.correct_site(site_id=row.pk, new=form.new(), actor=request.user, now=clock.now())
    return _site_part(_site(request, site_id))


@places.post(
    "/sites/{int:site_id}/{step}",
    url_name="site-step",
    operation_id="site_step",
    response={204: None},
)
def site_step(
    request: Request, site_id: Key, step: Literal["confirm", "main", "remove"]
) -> Status[None]:
    """Confirm a site, make it the main one, or take it off the record."""
    row = _site(request, site_id)
    command = {
        "confirm": services.confirm_site,
        "main": services.make_main_site,
        "remove": services.remove_site,
    }[step]
    command(site_id=row.pk, actor=request.user, now=clock.now())
    return Status(204, None)


def _place(request: Request, place_id: int) -> Place:
    to_be(policies.may_see_places(request.standing))
    return found(queries.places_visible_to(request.standing), place_id)


def _site(request: Request, site_id: int) -> Site:
    to_be(policies.may_keep_places(request.standing))
    return found(queries.sites_visible_to(request.standing), site_id)
