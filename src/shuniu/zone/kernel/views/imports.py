"""The pages of imported lists: send, say what the columns are, look, confirm, result, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock, files, forms, queries, services
from shuniu.zone.kernel.importing.kinds import ListKind, kinds_of, list_kind
from shuniu.zone.kernel.importing.layout import Layout
from shuniu.zone.kernel.importing.wording import problem_words
from shuniu.zone.kernel.models import ImportRun, ImportState
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.views import import_shown as shown
from shuniu.zone.kernel.web import render_page

PAGE_SIZE = 100
IMPORTS_SHOWN = 20
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Show which lists may be imported, and what was imported."""
    user = _user(request)
    kinds = _kinds(user)
    labels = {kind.code: kind.label for kind in kinds}
    page = Paginator(queries.imports_of(kinds).order_by("-made_at", "pk"), IMPORTS_SHOWN).get_page(
        request.GET.get("page")
    )
    rows = [(run, labels[run.kind], shown.TONES.get(run.state, "neutral")) for run in page]
    context = {"kinds": kinds, "page": page, "rows": rows}
    return render_page(request, "kernel/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest, code: str) -> HttpResponse:
    """Take in a list."""
    user = _user(request)
    kind = _kind(user, code)
    is_sent = request.method == "POST"
    form = forms.ListForm(request.POST, request.FILES) if is_sent else forms.ListForm()
    if is_sent and form.is_valid():
        run = _received(user, kind, form)
        if run is not None:
            return redirect("kernel:import", run.pk)
    context = {"kind": kind, "form": form}
    status = 422 if is_sent else 200
    return render_page(request, "kernel/import_new.html", context, status=status)


def _received(user: AbstractBaseUser, kind: ListKind, form: forms.ListForm) -> ImportRun | None:
    """Take the list in; what is refused is told in the form."""
    given, now = form.cleaned_data, clock.now()
    if form.is_pasted:
        name, content = shown.name_of_pasted(given["cells"], now), given["cells"].encode()
    else:
        name, content = given["file"].name, given["file"].read()
    try:
        return services.receive_list(
            kind=kind.code,
            name=name,
            content=content,
            is_pasted=form.is_pasted,
            language=translation.get_language() or "",
            actor=user,
            now=now,
        )
    except (files.FileTooLarge, services.ListNotReadable) as refusal:
        form.add_error("cells" if form.is_pasted else "file", str(refusal))
        return None


@require_safe
def import_template(request: HttpRequest, code: str) -> HttpResponse:
    """Give an empty list with its headings and an example."""
    # What writes workbooks is large, and few ever ask for an empty list.
    from shuniu.zone.kernel.importing.templates import template_file  # noqa: PLC0415

    kind = _kind(_user(request), code)
    return HttpResponse(
        template_file(kind),
        content_type=XLSX_TYPE,
        headers=_as_file(f"{kind.label}.xlsx"),
    )


@require_safe
def import_page(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show an import as it stands: columns, progress, preview, or result."""
    run = _run(request, import_id)
    return _page(request, run)


@require_POST
def import_columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say which column is what, and let the rows be checked."""
    run = _run(request, import_id)
    kind = list_kind(run.kind)
    layout = forms.LayoutForm(request.POST)
    if not layout.is_valid():
        raise Http404
    places = forms.columns_of(request.POST, kind)
    options = forms.options_of(request.POST, kind)
    try:
        services.set_columns(
            import_id=run.pk,
            **layout.cleaned_data,
            columns=places,
            options=options,
            actor=_user(request),
            now=clock.now(),
        )
    except (services.ColumnsMissing, services.ColumnTwice, services.ChoiceMissing) as refusal:
        return _page(request, run, refusal=refusal, places=places, options=options)
    return redirect("kernel:import", run.pk)


@require_POST
def import_step(request: HttpRequest, import_id: UUID, step: str) -> HttpResponse:
    """Confirm, give up, go back to the columns, undo, or have the file with the marks made."""
    run = _run(request, import_id)
    if step not in STEPS:
        raise Http404
    STEPS[step](request, run)
    if step == "drop":
        messages.success(request, _("Given up. Nothing was written."))
        return redirect("kernel:imports")
    return redirect("kernel:import", run.pk)


def _confirm(request: HttpRequest, run: ImportRun) -> None:
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else -1
    services.confirm_import(
        import_id=run.pk, version=version, actor=_user(request), now=clock.now()
    )


def _again(request: HttpRequest, run: ImportRun) -> None:
    services.choose_columns_again(import_id=run.pk, actor=_user(request), now=clock.now())


def _undo(request: HttpRequest, run: ImportRun) -> None:
    services.ask_for_undo(import_id=run.pk, actor=_user(request), now=clock.now())


def _mark(request: HttpRequest, run: ImportRun) -> None:
    language = translation.get_language() or ""
    services.ask_for_marks(
        import_id=run.pk, language=language, actor=_user(request), now=clock.now()
    )


def _drop(request: HttpRequest, run: ImportRun) -> None:
    services.drop_import(import_id=run.pk, actor=_user(request), now=clock.now())


STEPS: dict[str, Callable[[HttpRequest, ImportRun], None]] = {
    "confirm": _confirm,
    "again": _again,
    "mark": _mark,
    "undo": _undo,
    "drop": _drop,
}


@require_safe
def import_marking(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say how it stands with the file with the marks, to a page that waits for it."""
    run = _run(request, import_id)
    if not getattr(request, "htmx", False):
        return redirect("kernel:import", run.pk)
    return render(request, "kernel/parts/import_file.html", {"run": run})


@require_safe
def import_file(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the list as a workbook in which every faulty cell is marked; this is recorded."""
    run = _run(request, import_id)
    if not run.is_marked:
        raise Http404
    stem = run.name.rpartition(".")[0] or run.name
    headers = _as_file(_("%(name)s - checked.xlsx") % {"name": stem})
    if request.method == "HEAD":
        return HttpResponse(content_type=XLSX_TYPE, headers=headers)
    taken = services.take_marked_file(import_id=run.pk, actor=_user(request), now=clock.now())
    with files.open_stored(taken.marked_path) as file:
        return HttpResponse(file.read(), content_type=XLSX_TYPE, headers=headers)


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(True, name) or "attachment"}  # noqa: FBT003  # Django's signature


def _page(
    request: HttpRequest,
    run: ImportRun,
    *,
    refusal: Refusal | None = None,
    places: dict[str, int] | None = None,
    options: dict[str, str] | None = None,
) -> HttpResponse:
    kind = list_kind(run.kind)
    context: dict[str, object] = {
        "run": run,
        "kind": kind,
        "tone": shown.TONES.get(run.state, "neutral"),
        "problem": problem_words(run.problem),
        "is_working": queries.import_in_work(run),
        "renamed": shown.is_renamed(run),
        "same_before": queries.same_file_before(run),
        "list_url": reverse(kind.list_address),
        "refusal": refusal,
    }
    if run.state == ImportState.COLUMNS:
        context |= _columns_context(request, run, kind, places, options)
    elif run.state == ImportState.READY:
        context |= _preview_context(request, run, kind)
    elif run.state in {ImportState.WRITING, ImportState.UNDOING}:
        context |= _progress_context(run)
    elif run.is_over:
        context |= _result_context(request, run, kind)
    status = 422 if refusal else 200
    return render_page(request, "kernel/import_page.html", context, part="region", status=status)


def _columns_context(
    request: HttpRequest,
    run: ImportRun,
    kind: ListKind,
    places: dict[str, int] | None,
    options: dict[str, str] | None,
) -> dict[str, object]:
    asked = forms.LayoutForm(request.POST if places is not None else request.GET)
    layout = shown.proposed_layout(run, kind, asked.chosen(queries.layout_of(run)))
    if places is not None:
        keys = [one.key for one in kind.fields]
        layout = Layout(
            layout.sheet, layout.head, layout.depth,
            forms.own_order(keys, places, len(layout.columns)),
        )  # fmt: skip
    chosen = dict(run.options) if options is None else options
    return {"columns": shown.columns_shown(run, kind, layout, chosen)}


def _preview_context(request: HttpRequest, run: ImportRun, kind: ListKind) -> dict[str, object]:
    which = shown.which_of(run, request.GET.get("which", ""))
    page = Paginator(queries.rows_of(run, which), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = run.counts
    return {
        "shows": shown.shows_of(which),
        "aside": shown.aside_words(run),
        "tabs": shown.tabs_of(run, which),
        "page": page,
        "lines": shown.row_lines(run, kind, queries.checked_of(page.object_list), which),
        "to_write": counts.get("NEW", 0) + counts.get("CHANGED", 0),
    }


def _progress_context(run: ImportRun) -> dict[str, object]:
    outcomes = queries.outcomes_of(run)
    if run.state == ImportState.WRITING:
        return {
            "done": sum(outcomes.values()),
            "of": run.counts.get("NEW", 0) + run.counts.get("CHANGED", 0),
        }
    before = run.counts.get("undone", 0)  # of an undoing that was asked for earlier
    over = outcomes.get("UNDONE", 0) + outcomes.get("KEPT", 0) - before
    return {"done": over, "of": over + outcomes.get("WRITTEN", 0)}


def _result_context(request: HttpRequest, run: ImportRun, kind: ListKind) -> dict[str, object]:
    which = shown.which_of(run, request.GET.get("which", ""))
    page = Paginator(queries.rows_of(run, which), PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "shows": shown.shows_of(which),
        "aside": shown.aside_words(run),
        "tabs": shown.tabs_of(run, which),
        "page": page,
        "lines": shown.row_lines(run, kind, queries.checked_of(page.object_list), which),
        "keeps_rows": bool(run.path),
    }


def _run(request: HttpRequest, import_id: UUID) -> ImportRun:
    user = _user(request)
    return get_object_or_404(queries.imports_of(_kinds(user)), pk=import_id)


def _kind(user: AbstractBaseUser, code: str) -> ListKind:
    """Return a list that somebody may import; nobody else is told whether there is one."""
    for kind in _kinds(user):
        if kind.code == code:
            return kind
    raise Http404


def _kinds(user: AbstractBaseUser) -> tuple[ListKind, ...]:
    kinds = kinds_of(user)
    if not kinds:
        raise PermissionDenied
    return kinds


def _user(request: HttpRequest) -> AbstractBaseUser:
    return cast("AbstractBaseUser", request.user)
