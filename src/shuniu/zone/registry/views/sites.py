"""Where enterprises work: kept by the clerks of the center."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Enterprise, Site
from shuniu.zone.registry.views import records
from shuniu.zone.registry.views.datum import chosen_datum, remembering
from shuniu.zone.registry.views.pages import Request


@dataclass(frozen=True, slots=True)
class ShownSites:
    """What the page of an enterprise shows of its sites; ``map`` is None where nothing is placed.

    The part ``registry/parts/sites.html`` wants it as ``sites``.
    """

    enterprise: Enterprise
    rows: tuple[Site, ...]
    map: services.Drawing | None
    may_keep: bool
    wrong_url: str = ""


def shown_sites(enterprise: Enterprise, *, may_keep: bool, wrong_url: str = "") -> ShownSites:
    """Return the sites of an enterprise as its page shows them.

    ``wrong_url`` is where the enterprise itself says that something is wrong with them; it has no
    pages of places to be led to.
    """
    rows = tuple(queries.sites_of(enterprise))
    placed = [row for row in rows if row.lon is not None]
    drawn = None
    if placed:
        drawn = services.map_of(queries.active_places(), placed, focus_sites=placed)
    return ShownSites(enterprise, rows, drawn, may_keep, wrong_url)


@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: Request, pk: int) -> HttpResponse:
    """Add a site to an enterprise."""
    _may_keep(request)
    firm = get_object_or_404(queries.records_visible_to(request.standing), pk=pk)
    if firm.merged_into is not None:
        return records.to_standing(request, firm)
    is_sent = request.method == "POST"
    form = forms.SiteForm(
        request.POST if is_sent else None, initial={"datum": chosen_datum(request)}
    )
    if is_sent and form.is_valid():
        services.add_site(
            enterprise_id=firm.pk, new=form.new(), actor=request.user, now=clock.now()
        )
        messages.success(request, _("The site is added."))
        return _done(request, form, firm)
    return _page(request, form, firm, None)


@require_http_methods(["GET", "HEAD", "POST"])
def site_correct(request: Request, pk: int) -> HttpResponse:
    """Correct a site."""
    site = _site(request, pk)
    if site.enterprise.merged_into is not None:
        return records.to_standing(request, site.enterprise)
    is_sent = request.method == "POST"
    form = forms.SiteForm(request.POST if is_sent else None, site=site)
    if is_sent and form.is_valid():
        services.correct_site(site_id=site.pk, new=form.new(), actor=request.user, now=clock.now())
        messages.success(request, _("The site is corrected."))
        return _done(request, form, site.enterprise)
    return _page(request, form, site.enterprise, site)


def _done(request: Request, form: forms.SiteForm, firm: Enterprise) -> HttpResponse:
    answer = redirect("registry:enterprise", firm.pk)
    given = form.cleaned_data
    return remembering(request, answer, given["datum"]) if given["position"] else answer


@require_POST
def site_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Confirm a site, make it the main one, or take it off the record."""
    site = _site(request, pk)
    if step not in STEPS:
        raise Http404
    command, words = STEPS[step]
    command(site_id=site.pk, actor=request.user, now=clock.now())
    messages.success(request, str(words))
    return redirect("registry:enterprise", site.enterprise_id)


# What a step does to a site, and what is said then.
STEPS: dict[str, tuple[Callable[..., object], Promise]] = {
    "confirm": (services.confirm_site, gettext_lazy("The site is confirmed as right today.")),
    "main": (services.make_main_site, gettext_lazy("This is the main site now.")),
    "remove": (services.remove_site, gettext_lazy("The site is taken off the record.")),
}


def _page(
    request: Request, form: forms.SiteForm, enterprise: Enterprise, site: Site | None
) -> HttpResponse:
    shown = [site] if site is not None and site.lon is not None else []
    drawn = services.map_of(queries.active_places(), shown, focus_sites=shown)
    frame = drawn.frame
    context = {
        "form": form,
        "enterprise": enterprise,
        "site": site,
        "map": drawn,
        "shifts": services.datum_shifts(
            (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
        ),
    }
    status = 422 if form.errors else 200
    return render_page(request, "registry/site_form.html", context, status=status)


def _may_keep(request: Request) -> None:
    if not policies.may_keep_places(request.standing):
        raise PermissionDenied


def _site(request: Request, pk: int) -> Site:
    _may_keep(request)
    return get_object_or_404(queries.sites_visible_to(request.standing), pk=pk)
