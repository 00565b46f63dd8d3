"""Places from a GeoJSON file: what would change is shown first, and written when that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Tone
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, services
from shuniu.zone.registry.services import Judged, NewPlace, RowState
from shuniu.zone.registry.views.pages import Request
from shuniu.zone.registry.views.places import FIELDS

ROWS_SHOWN = 300
WGS84 = services.DATUMS[0][0]
# Faults are shown first: somebody has to do something about them.
ORDER = (RowState.FAULTY, RowState.NEW, RowState.CHANGED, RowState.SAME)
LABELS: dict[RowState, Promise] = {
    RowState.FAULTY: gettext_lazy("faulty"),
    RowState.NEW: pgettext_lazy("place", "new"),
    RowState.CHANGED: gettext_lazy("changed"),
    RowState.SAME: gettext_lazy("the same"),
}
TONES: dict[RowState, Tone] = {
    RowState.FAULTY: "refused",
    RowState.NEW: "active",
    RowState.CHANGED: "waiting",
    RowState.SAME: "neutral",
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A feature of a file, as the preview shows it; ``changes`` are label, old and new."""

    new: NewPlace
    state: str
    label: str
    tone: Tone
    problem: str
    changes: tuple[tuple[str, str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def places_import(request: Request) -> HttpResponse:
    """Take a file or its text, and show what it would change."""
    _may_keep(request)
    is_sent = request.method == "POST"
    form = forms.PlaceFileForm(request.POST, request.FILES) if is_sent else forms.PlaceFileForm()
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            rows = services.places_from_file(given["content"], given["datum"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _preview(request, services.judged_places(rows))
    status = 422 if form.errors else 200
    return render_page(request, "registry/place_import.html", {"form": form}, status=status)


@require_POST
def places_import_confirm(request: Request) -> HttpResponse:
    """Write what a preview showed; if it would be something else now, show that first."""
    _may_keep(request)
    form = forms.PreparedForm(request.POST)
    if not form.is_valid():
        return redirect("registry:places-import")
    content = form.cleaned_data["prepared"].encode("utf-8", "replace")
    judged = services.judged_places(services.places_from_file(content, WGS84))
    if services.seal_of_rows(_right(judged)) != form.cleaned_data["seal"]:
        return _preview(request, judged, is_other=True)
    written = services.write_places(
        places=[row.new for row in _right(judged)], actor=request.user, now=clock.now()
    )
    messages.success(request, _done_words(written))
    return redirect("registry:places")


def _preview(request: Request, judged: Sequence[Judged], *, is_other: bool = False) -> HttpResponse:
    right = _right(judged)
    counts = Counter(row.state for row in judged)
    changing = counts[RowState.NEW] + counts[RowState.CHANGED]
    shown = sorted(judged, key=lambda row: (ORDER.index(row.state), row.new.number))
    context = {
        "rows": [_line(row) for row in shown[:ROWS_SHOWN]],
        "rows_left": max(0, len(shown) - ROWS_SHOWN),
        "counts": [
            (LABELS[state], counts[state], TONES[state]) for state in ORDER if counts[state]
        ],
        "changing": changing,
        "faulty": counts[RowState.FAULTY],
        "had_heights": any(row.new.had_heights for row in judged),
        "prepared": services.places_as_geojson(row.new for row in right) if changing else "",
        "seal": services.seal_of_rows(right),
        "is_other": is_other,
        "map": services.map_of(services.drawn_places(right), ()) if right else None,
    }
    status = 409 if is_other else 200
    return render_page(request, "registry/place_preview.html", context, status=status)


def _right(judged: Sequence[Judged]) -> list[Judged]:
    return [row for row in judged if row.state != RowState.FAULTY]


def _line(row: Judged) -> RowLine:
    changes = tuple((str(FIELDS[c.field]), c.old, c.new) for c in row.changes)
    return RowLine(
        new=row.new,
        state=row.state.value,
        label=str(LABELS[row.state]),
        tone=TONES[row.state],
        problem=row.problem,
        changes=changes,
    )


def _done_words(written: services.Written) -> str:
    added = ngettext("%(count)d place added", "%(count)d places added", len(written.added))
    corrected = ngettext("%(count)d corrected", "%(count)d corrected", written.corrected)
    parts = (added % {"count": len(written.added)}, corrected % {"count": written.corrected})
    return _(", ").join(parts)


def _may_keep(request: Request) -> None:
    if not policies.may_keep_places(request.standing):
        raise PermissionDenied
