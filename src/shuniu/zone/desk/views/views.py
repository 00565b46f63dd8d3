"""A person's own lists, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.models import SavedView
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views import shown
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock

BROUGHT_BACK_WITHIN = timedelta(minutes=10)
STEPS: Mapping[str, Callable[..., SavedView]] = {
    "prefer": services.prefer_view,
    "remove": services.remove_view,
    "restore": services.restore_view,
    "rename": services.rename_view,
}


@dataclass(frozen=True, slots=True)
class ShownView:
    """An own list with its address and the number of its cases."""

    pk: int
    label: str
    url: str
    count: int
    is_current: bool
    is_default: bool


class ViewStepConverter:
    """The name of what is done with a view, in an address."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def filter_of(view: SavedView) -> CaseFilter:
    """Return the filter that a view keeps."""
    return CaseFilter.read(QueryDict(view.query).dict())


def shown_views(
    views: list[SavedView], counts: Mapping[str, int], wanted: CaseFilter
) -> list[ShownView]:
    """Return the views of a person as the list of cases shows them."""
    return [
        ShownView(
            pk=view.pk,
            label=view.name,
            url=shown.list_url(filter_of(view)),
            count=counts[f"view_{view.pk}"],
            is_current=filter_of(view) == wanted,
            is_default=view.is_default,
        )
        for view in views
    ]


def removed_just_now(request: Request) -> SavedView | None:
    """Return the view that was removed on the way to this page, to offer it back."""
    given = request.GET.get("removed", "")
    if not given.isascii() or not given.isdecimal() or len(given) > queries.LONGEST_KEY:
        return None
    since = clock.now() - BROUGHT_BACK_WITHIN
    return queries.removed_view(request.user.pk, int(given), since=since)


@require_POST
def view_new(request: Request) -> HttpResponse:
    """Save the list that is shown under a name."""
    wanted = CaseFilter.read(QueryDict(request.POST.get("query", "")).dict())
    view = services.save_view(
        name=request.POST.get("name", ""), wanted=wanted, actor=request.user, now=clock.now()
    )
    return redirect(shown.list_url(filter_of(view)))


@require_POST
def view_step(request: Request, view_id: int, step: str) -> HttpResponse:
    """Rename, prefer, remove or bring back an own view."""
    given = {"name": request.POST.get("name", "")} if step == "rename" else {}
    view = STEPS[step](view_id=view_id, actor=request.user, now=clock.now(), **given)
    if step == "remove":
        return redirect(f"{reverse('desk:case-list')}?{urlencode({'removed': view.pk})}")
    return redirect(shown.list_url(filter_of(view)))
