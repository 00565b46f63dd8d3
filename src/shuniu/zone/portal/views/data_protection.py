"""The map of what the zone holds about people, its purges, and requests of persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts import queries as accounts
from shuniu.zone.accounts import services as account_services
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.data_map import DataClass, data_map
from shuniu.zone.kernel.models import PurgeCertificate
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import queries, services
from shuniu.zone.portal.forms import RefuseForm
from shuniu.zone.portal.views.request import Request, only_protector

CERTIFICATES_SHOWN = 10
# Lists that show the very rows that a class counts.
LISTS = {"incidents": "portal:incidents"}
NOT_LISTED = gettext_lazy(
    "The rows themselves are not listed here: the security administrator guards these data and"
    " does not read them. Each person finds their own under “My data”."
)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its rows and the columns that belong to a class."""

    name: str
    columns: str
    rows: int


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    """A certificate with the name of its class."""

    row: PurgeCertificate
    label: str | Promise


@require_safe
def data_protection(request: Request) -> HttpResponse:
    """Show what waits, what is held and until when, and what was deleted."""
    only_protector(request)
    now = clock.now()
    lines = queries.class_lines(now)
    found = queries.certificates()
    requests = list(accounts.deletion_requests())
    context = {
        "waiting": [one for one in requests if one.is_waiting],
        "decided": [one for one in requests if not one.is_waiting],
        "personal": [line for line in lines if line.data_class.is_personal],
        "other": [line for line in lines if not line.data_class.is_personal],
        "certificates": _labelled(found[:CERTIFICATES_SHOWN]),
        "certificate_count": found.count(),
        "open_incidents": queries.incidents().filter(settled_at__isnull=True).count(),
        "last_purge_at": queries.last_purge_at(),
    }
    return render_page(request, "portal/data_protection.html", context)


@require_safe
def data_class(request: Request, code: str) -> HttpResponse:
    """Show one class: purpose, basis, end, assessment, and where it lies."""
    only_protector(request)
    try:
        found = data_map().data_class(code)
    except KeyError:
        raise Http404 from None
    tables = [
        ShownTable(one.name, ", ".join(one.columns), one.rows) for one in queries.table_lines(found)
    ]
    goes_with = data_map().data_class(found.goes_with) if found.goes_with else None
    context = {
        "line": queries.class_line(found, clock.now()),
        "tables": tables,
        "goes_with": goes_with,
        "list_url": reverse(LISTS[code]) if code in LISTS else "",
        "not_listed": NOT_LISTED if found.is_personal else "",
        "certificates": _labelled(queries.certificates().filter(data_class=code)[:100]),
    }
    return render_page(request, "portal/data_class.html", context)


@require_safe
def purge_list(request: Request) -> HttpResponse:
    """Show every certificate."""
    only_protector(request)
    page = Paginator(queries.certificates(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "certificates": _labelled(page.object_list)}
    return render_page(request, "portal/purge_list.html", context)


@require_safe
def purge(request: Request, certificate_id: int) -> HttpResponse:
    """Show one certificate, ready to be printed."""
    only_protector(request)
    found = get_object_or_404(queries.certificates(), pk=certificate_id)
    context = {
        "certificate": found,
        "data_class": _class_of(found.data_class),
        "rows": sorted(found.rows.items()),
    }
    return render_page(request, "portal/purge.html", context)


@require_safe
def data_request(request: Request, request_id: int) -> HttpResponse:
    """Show a person's request for deletion, to be decided."""
    only_protector(request)
    return _request_page(request, request_id, RefuseForm())


def _request_page(
    request: Request, request_id: int, form: RefuseForm, *, status: int = 200
) -> HttpResponse:
    asked = get_object_or_404(accounts.deletion_requests(), pk=request_id)
    context = {"asked": asked, "form": form, "is_own": asked.user_id == request.user.pk}
    return render_page(request, "portal/data_request.html", context, status=status)


@require_POST
def data_request_grant(request: Request, request_id: int) -> HttpResponse:
    """Delete the person who asked."""
    only_protector(request)
    asked = get_object_or_404(accounts.deletion_requests(), pk=request_id)
    services.grant_deletion(request_id=asked.pk, actor=request.user, now=clock.now())
    messages.success(request, _("Done: the account is closed, name and number are deleted."))
    return redirect("portal:data-protection")


@require_POST
def data_request_refuse(request: Request, request_id: int) -> HttpResponse:
    """Tell the person who asked why not."""
    only_protector(request)
    asked = get_object_or_404(accounts.deletion_requests(), pk=request_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _request_page(request, asked.pk, form, status=422)
    account_services.refuse_deletion(
        request_id=asked.pk,
        reason=form.cleaned_data["reason"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, _("Noted: the person reads the reason under “My data”."))
    return redirect("portal:data-protection")


def _labelled(found: Iterable[PurgeCertificate]) -> list[ShownCertificate]:
    return [ShownCertificate(one, _class_of(one.data_class).label) for one in found]


def _class_of(code: str) -> DataClass:
    return data_map().data_class(code)
