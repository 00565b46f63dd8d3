"""Parks, plots and buildings: list, page, and what clerks do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Entry, Tab
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import facts, forms, policies, queries, services
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Place
from shuniu.zone.registry.queries import PlaceFilter
from shuniu.zone.registry.views.datum import chosen_datum, remembering
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 50
SITES_SHOWN = 200
GEOJSON = "application/geo+json"
ICONS = {
    facts.PlaceAdded.kind: "plus",
    facts.PlaceCorrected.kind: "edit",
    facts.PlaceRetired.kind: "x",
    facts.PlaceRestored.kind: "rotate-clockwise",
}
FIELDS = {
    "name": pgettext_lazy("place", "Name"),
    "kind": pgettext_lazy("place", "Kind"),
    "part_of": pgettext_lazy("place", "Belongs to"),
    "shape": gettext_lazy("Shape"),
    "is_active": gettext_lazy("In use"),
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as a list shows it; ``sites`` counts those of its parts too."""

    place: Place
    kind: str
    size: str
    sites: int


@require_safe
def place_list(request: Request) -> HttpResponse:
    """Show the map of the zone, and list its places."""
    who = request.standing
    _may_see(request)
    wanted = _wanted(request)
    found = queries.filtered_places(who, wanted)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": lines_of(page),
        "wanted": wanted,
        "tabs": _tabs(wanted, queries.place_counts(who, wanted)),
        "map": services.map_of(found, queries.placed_sites()),
        "clear_url": _list_url(PlaceFilter(kind=wanted.kind)),
        "may_keep": policies.may_keep_places(who),
    }
    return render_page(request, "registry/place_list.html", context, part="rows")


@require_safe
def places_file(request: Request) -> HttpResponse:
    """Give the places in use as a GeoJSON file."""
    _may_see(request)
    rows = [services.row_of(place) for place in queries.active_places()]
    answer = HttpResponse(services.places_as_geojson(rows), content_type=GEOJSON)
    name = f"places-{local(clock.now()):%Y-%m-%d}.geojson"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def place_page(request: Request, pk: int) -> HttpResponse:
    """Show a place: where it is, what belongs to it, and which enterprises work there."""
    place = _place(request, pk)
    sites = list(queries.sites_in(place))
    parts = list(queries.parts_of(place))
    shown = [*queries.active_places(), *([] if place.is_active else [place])]
    context = {
        "place": place,
        "line": lines_of([place])[0],
        "parts": lines_of(parts),
        "sites": sites[:SITES_SHOWN],
        "sites_left": max(0, len(sites) - SITES_SHOWN),
        "map": services.map_of(shown, sites, focus=place),
        "history": [_entry(fact) for fact in queries.facts_of_place(place)],
        "may_keep": policies.may_keep_places(request.standing),
    }
    return render_page(request, "registry/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: Request) -> HttpResponse:
    """Add a place."""
    _may_keep(request)
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def place_correct(request: Request, pk: int) -> HttpResponse:
    """Correct a place."""
    _may_keep(request)
    return _form_page(request, _place(request, pk))


@require_POST
def place_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Take a place out of use, or up again."""
    _may_keep(request)
    place = _place(request, pk)
    if step not in STEPS:
        raise Http404
    command, words = STEPS[step]
    command(place_id=place.pk, actor=request.user, now=clock.now())
    messages.success(request, str(words))
    return redirect("registry:place", place.pk)


# What a step does to a place, and what is said then.
STEPS: dict[str, tuple[Callable[..., object], Promise]] = {
    "retire": (
        services.retire_place, gettext_lazy("The place is retired. It can be taken up again."),
    ),
    "restore": (services.restore_place, gettext_lazy("The place is in use again.")),
}  # fmt: skip


def lines_of(places: Iterable[Place]) -> list[PlaceLine]:
    """Return places as a list shows them."""
    counts = queries.site_counts()
    return [
        PlaceLine(
            place=place,
            kind=str(PlaceKind(place.kind).label),
            size=services.place_size(place),
            sites=counts.get(place.pk, 0),
        )
        for place in places
    ]


def _form_page(request: Request, place: Place | None) -> HttpResponse:
    is_sent = request.method == "POST"
    form = forms.PlaceForm(
        request.POST if is_sent else None, place=place, initial={"datum": chosen_datum(request)}
    )
    differs: tuple[tuple[str, str, str], ...] = ()
    status = 200
    if is_sent and form.is_valid():
        try:
            return _written(request, form, place)
        except services.PlaceChanged as changed:
            form, differs = _once_more(request, form, place)
            form.add_error(None, str(changed))
            status = changed.status
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    elif is_sent:
        status = 422
    context = {
        "form": form,
        "place": place,
        "differs": differs,
        "map": services.map_of(queries.active_places(), (), focus=place),
    }
    return render_page(request, "registry/place_form.html", context, status=status)


def change_lines(row: services.Judged) -> tuple[tuple[str, str, str], ...]:
    """Return what a row would change: label, what it says now, what it would say."""
    return tuple((str(FIELDS[c.field]), c.old, c.new) for c in row.changes)


def _once_more(
    request: Request, form: forms.PlaceForm, place: Place | None
) -> tuple[forms.PlaceForm, tuple[tuple[str, str, str], ...]]:
    """Return the form with what was typed, to be saved over what the place says now."""
    assert place is not None  # noqa: S101  # only a place that is there can have changed
    place.refresh_from_db()
    told = request.POST.copy()
    told["seen"] = services.seal_of_place(place)
    [row] = services.judged_places([replace(form.new(), is_active=place.is_active)])
    again = forms.PlaceForm(told, place=place)
    again.full_clean()
    return again, change_lines(row)


def _written(request: Request, form: forms.PlaceForm, place: Place | None) -> HttpResponse:
    if place is None:
        written = services.write_places(places=[form.new()], actor=request.user, now=clock.now())
        messages.success(request, _("The place is added."))
        answer = redirect("registry:place", written.added[0].pk)
        return remembering(request, answer, form.cleaned_data["datum"])
    is_other = services.correct_place(
        new=form.new(), seen=form.cleaned_data["seen"], actor=request.user, now=clock.now()
    )
    words = _("The place is corrected.") if is_other else _("Nothing was different.")
    messages.success(request, words)
    return redirect("registry:place", place.pk)


def _may_see(request: Request) -> None:
    if not policies.may_see_places(request.standing):
        raise PermissionDenied


def _may_keep(request: Request) -> None:
    if not policies.may_keep_places(request.standing):
        raise PermissionDenied


def _place(request: Request, pk: int) -> Place:
    _may_see(request)
    return get_object_or_404(queries.places_visible_to(request.standing), pk=pk)


def _wanted(request: Request) -> PlaceFilter:
    words = request.GET.get("words", "").replace("\x00", "").strip()[:60]
    kind = request.GET.get("kind", "")
    return PlaceFilter(words, kind if kind in {*PlaceKind.values, queries.RETIRED} else "")


def _list_url(wanted: PlaceFilter) -> str:
    query = urlencode({key: value for key, value in asdict(wanted).items() if value})
    return f"{reverse('registry:places')}?{query}" if query else reverse("registry:places")


def _tabs(wanted: PlaceFilter, counts: dict[str, int]) -> list[Tab]:
    """Return the kinds above the list, each with its number; without those that nobody uses."""
    labels = {"": _("All"), **{kind.value: str(kind.label) for kind in PlaceKind}}
    labels[queries.RETIRED] = _("Retired")
    return [
        Tab(
            label=label,
            url=_list_url(replace(wanted, kind=kind)),
            is_current=kind == wanted.kind,
            count=counts[kind],
        )
        for kind, label in labels.items()
        if counts[kind] or kind in {"", wanted.kind}
    ]


def _entry(fact: Fact) -> Entry:
    known = every_fact().get(fact.kind)
    changed = [str(FIELDS[name]) for name in fact.data.get("fields", ()) if name in FIELDS]
    return Entry(
        at=fact.happened_at,
        title=str(known.label) if known else fact.kind,
        who=str(fact.actor or ""),
        text=_(", ").join(changed),
        icon=ICONS.get(fact.kind, ""),
    )
