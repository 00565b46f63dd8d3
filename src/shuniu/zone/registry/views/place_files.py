"""Places from a GeoJSON file: what would change is shown first, and written when that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Tone
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.choices import PlaceFileState
from shuniu.zone.registry.models import PlaceFile
from shuniu.zone.registry.services import Judged, NewPlace, RowState
from shuniu.zone.registry.views.datum import chosen_datum, remembering
from shuniu.zone.registry.views.pages import Request
from shuniu.zone.registry.views.places import change_lines

ROWS_SHOWN = 300
FILES_SHOWN = 10
CODES_SHOWN = 20
HEAVY = ("content", "before")
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
    """Take a file or its text, and lead to what it would change."""
    _may_keep(request)
    is_sent = request.method == "POST"
    form = forms.PlaceFileForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"datum": chosen_datum(request)},
    )
    if is_sent and form.is_valid():
        given = form.cleaned_data
        try:
            file = services.keep_place_file(
                name=given.get("name", ""),
                content=given["content"],
                datum=given["datum"],
                actor=request.user,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return remembering(request, redirect("registry:place-file", file.pk), given["datum"])
    context = {
        "form": form,
        "files": queries.place_files_visible_to(request.standing).defer(*HEAVY)[:FILES_SHOWN],
    }
    status = 422 if form.errors else 200
    return render_page(request, "registry/place_import.html", context, status=status)


@require_safe
def place_file(request: Request, pk: UUID) -> HttpResponse:
    """Show what a file would change; or what became of it, and the way back."""
    file = _file(request, pk)
    if file.state == PlaceFileState.WAITING:
        return _preview(request, file)
    old = file.before.values()
    context = {
        "file": file,
        "is_undone": file.state == PlaceFileState.UNDONE,
        "added": sum(before is None for before in old),
        "corrected": sum(before is not None for before in old),
        "places": queries.places_visible_to(request.standing).filter(code__in=file.before),
    }
    return render_page(request, "registry/place_file.html", context)


@require_POST
def place_file_step(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Write what a preview showed, or undo it."""
    file = _file(request, pk)
    if step not in STEPS:
        raise Http404
    return STEPS[step](request, file)


def _confirm(request: Request, file: PlaceFile) -> HttpResponse:
    form = forms.SealForm(request.POST)
    if not form.is_valid():
        return redirect("registry:place-file", file.pk)
    try:
        written = services.write_place_file(
            file_id=file.pk, seal=form.cleaned_data["seal"], actor=request.user, now=clock.now()
        )
    except services.PlacesChanged:
        return _preview(request, file, is_other=True)
    messages.success(request, _done_words(written))
    return redirect("registry:place-file", file.pk)


def _undo(request: Request, file: PlaceFile) -> HttpResponse:
    back = services.undo_place_file(file_id=file.pk, actor=request.user, now=clock.now())
    removed = ngettext("%(count)d place removed", "%(count)d places removed", back.removed)
    restored = ngettext("%(count)d as it was", "%(count)d as they were", back.restored)
    parts = (removed % {"count": back.removed}, restored % {"count": back.restored})
    messages.success(request, _(", ").join(parts))
    if back.left:
        words = _("Left as they are, because somebody changed or used them since: %(codes)s.")
        messages.warning(request, words % {"codes": _(", ").join(back.left[:CODES_SHOWN])})
    return redirect("registry:place-file", file.pk)


STEPS: dict[str, Callable[[Request, PlaceFile], HttpResponse]] = {
    "confirm": _confirm,
    "undo": _undo,
}


def _preview(request: Request, file: PlaceFile, *, is_other: bool = False) -> HttpResponse:
    judged = services.rows_of_file(file)
    right = services.without_faults(judged)
    counts = Counter(row.state for row in judged)
    shown = sorted(judged, key=lambda row: (ORDER.index(row.state), row.new.number))
    context = {
        "file": file,
        "rows": [_line(row) for row in shown[:ROWS_SHOWN]],
        "rows_left": max(0, len(shown) - ROWS_SHOWN),
        "counts": [
            (LABELS[state], counts[state], TONES[state]) for state in ORDER if counts[state]
        ],
        "changing": counts[RowState.NEW] + counts[RowState.CHANGED],
        "faulty": counts[RowState.FAULTY],
        "had_heights": any(row.new.had_heights for row in judged),
        "seal": services.seal_of_rows(right),
        "is_other": is_other,
        "map": services.map_of(services.drawn_places(right), ()) if right else None,
    }
    status = 409 if is_other else 200
    return render_page(request, "registry/place_preview.html", context, status=status)


def _line(row: Judged) -> RowLine:
    return RowLine(
        new=row.new,
        state=row.state.value,
        label=str(LABELS[row.state]),
        tone=TONES[row.state],
        problem=row.problem,
        changes=change_lines(row),
    )


def _done_words(written: services.Written) -> str:
    added = ngettext("%(count)d place added", "%(count)d places added", len(written.added))
    corrected = ngettext("%(count)d corrected", "%(count)d corrected", written.corrected)
    parts = (added % {"count": len(written.added)}, corrected % {"count": written.corrected})
    return _(", ").join(parts)


def _may_keep(request: Request) -> None:
    if not policies.may_keep_places(request.standing):
        raise PermissionDenied


def _file(request: Request, pk: UUID) -> PlaceFile:
    _may_keep(request)
    return get_object_or_404(queries.place_files_visible_to(request.standing), pk=pk)
