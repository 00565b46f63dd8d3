"""A person's own lists for programs: saved, renamed, preferred, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from ninja import Status
from pydantic import Field

from shuniu.zone.desk import policies, queries, services
from shuniu.zone.desk.api.cases import CaseQuery
from shuniu.zone.desk.models import SavedView
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Body, Key, Part, Request, area, to_be

LONGEST_NAME = 20
views = area("Cases")


class ViewPart(Part):
    """An own list; ``query`` is what follows the question mark of ``/api/v1/cases``."""

    id: Key
    name: str
    query: str
    is_default: bool
    made_at: datetime


class ViewName(Body):
    """The name of an own list."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)


class NewView(ViewName):
    """A list to be kept, with the filters of the list of cases."""

    wanted: CaseQuery


@views.get("/views", url_name="views", operation_id="views_list", response=list[ViewPart])
def views_list(request: Request) -> list[ViewPart]:
    """List the own views of the cases."""
    to_be(policies.may_list_cases(request.standing))
    return [_part(one) for one in queries.views_of(request.user.pk)]


@views.post("/views", url_name="views", operation_id="view_save", response={201: ViewPart})
def view_save(request: Request, body: NewView) -> Status[ViewPart]:
    """Keep a list by a name, for oneself alone."""
    view = services.save_view(
        name=body.name, wanted=body.wanted.filter(), actor=request.user, now=clock.now()
    )
    return Status(201, _part(view))


@views.post(
    "/views/{int:view_id}/rename",
    url_name="view-rename",
    operation_id="view_rename",
    response=ViewPart,
)
def view_rename(request: Request, view_id: Key, body: ViewName) -> ViewPart:
    """Name an own view anew."""
    return _part(
        services.rename_view(view_id=view_id, name=body.name, actor=request.user, now=clock.now())
    )


@views.post(
    "/views/{int:view_id}/{step}",
    url_name="view-step",
    operation_id="view_step",
    response=ViewPart,
)
def view_step(
    request: Request, view_id: Key, step: Literal["prefer", "remove", "restore"]
) -> ViewPart:
    """Let the list open with an own view (or no longer), take it away, or bring it back."""
    command: Callable[..., SavedView] = {
        "prefer": services.prefer_view,
        "remove": services.remove_view,
        "restore": services.restore_view,
    }[step]
    return _part(command(view_id=view_id, actor=request.user, now=clock.now()))


def _part(view: SavedView) -> ViewPart:
    return ViewPart(
        id=view.pk,
        name=view.name,
        query=view.query,
        is_default=view.is_default,
        made_at=view.made_at,
    )
