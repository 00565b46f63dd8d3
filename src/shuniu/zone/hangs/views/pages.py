"""The page of one hang, its paper, its files, and the form that opens one."""

from __future__ import annotations

from typing import Any

import segno
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.hangs import forms, policies, queries, services
from shuniu.zone.hangs.choices import SourceKind, Step
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.views import shown
from shuniu.zone.hangs.views.request import Request
from shuniu.zone.kernel import clock, files
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry


class StepConverter:
    """The name of a step in an address."""

    regex = "|".join(Step)

    def to_python(self, value: str) -> Step:
        return Step(value)

    def to_url(self, value: Step) -> str:
        return str(value)


@require_http_methods(["GET", "HEAD", "POST"])
def hang_new(request: Request) -> HttpResponse:
    """Open a hang: for a row that an address names, or for a decision that is written down."""
    if not policies.may_open(request.standing):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    source = _source(request, given.get("wraps", ""), given.get("wraps_key", ""))
    form = forms.HangForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        today=clock.today(),
        source=source,
    )
    if request.method == "POST" and form.is_valid():
        hang = services.open_hang(actor=request.user, now=clock.now(), **form.arguments())
        return redirect("hangs:hang", hang.pk)
    context = {
        "form": form,
        "source": source,
        "source_words": SourceKind(source.kind).label if source else "",
    }
    return render_page(request, "hangs/hang_new.html", context, status=422 if form.errors else 200)


def _source(request: Request, kind: str, key: str) -> queries.Source | None:
    """Return the row that the hang shall wrap; a foreign or missing one is not there."""
    if not kind:
        return None
    source = queries.source_of(request.standing, kind, key)
    if source is None:
        raise Http404
    return source


@require_safe
def hang_page(request: Request, hang_id: int) -> HttpResponse:
    """Show one hang: what is promised, who has the ball, evidence, history, what can be done."""
    hang = get_object_or_404(queries.hangs_visible_to(request.standing), pk=hang_id)
    return _page(request, hang)


@require_POST
def hang_step(request: Request, hang_id: int, step: Step) -> HttpResponse:
    """Take a step of a hang."""
    hang = get_object_or_404(queries.hangs_visible_to(request.standing), pk=hang_id)
    form = _form(step, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, hang, filled={step: form}, status=422)
    services.COMMANDS[step](
        hang_id=hang.pk, actor=request.user, now=clock.now(), **form.arguments()
    )
    return redirect("hangs:hang", hang.pk)


def _page(
    request: Request,
    hang: Hang,
    *,
    filled: dict[Step, forms.StepForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    who, language, today = request.standing, request.LANGUAGE_CODE, clock.today()
    steps = policies.steps_open_to(who, hang)
    made = {step: _form(step) for step in steps} | (filled or {})
    entries = queries.history_of(hang)
    profile = registry.profile_in_force().profile
    center = profile.office(profile.handling.fallback_unit).label(language)
    context = {
        "hang": hang,
        "row": shown.rows_of([hang], today, language)[0],
        "ball": shown.ball_of(queries.holder_of(hang, center=center, language=language)),
        "source_url": _source_url(request, hang),
        "history": shown.timeline_of(entries),
        "files": shown.files_of(entries),
        "steps": [
            {
                "step": step,
                "label": step.label,
                "hint": shown.HINTS[step],
                "form": form,
                "is_open": bool(form.errors),
            }
            for step, form in made.items()
        ],
    }
    return render_page(request, "hangs/hang_page.html", context, status=status)


def _source_url(request: Request, hang: Hang) -> str:
    """Return the address of what it wraps, for those who may see it; else nothing."""
    if not hang.source_key:
        return ""
    source = queries.source_of(request.standing, hang.source_kind, hang.source_key)
    return source.url if source else ""


def _form(step: Step, data: Any = None, uploads: Any = None) -> forms.StepForm:
    return forms.FORMS[step](data, uploads, auto_id=f"id_{step}_%s")


@require_safe
def hang_paper(request: Request, hang_id: int) -> HttpResponse:
    """Show the 交办单 of a hang as it is printed: number, who, what, until when, and a QR code."""
    hang = get_object_or_404(queries.hangs_visible_to(request.standing), pk=hang_id)
    language = request.LANGUAGE_CODE
    url = request.build_absolute_uri(reverse("hangs:hang", args=[hang.pk]))
    picture = segno.make(url, error="m").svg_data_uri(scale=4, border=2, light="#fff")
    profile = registry.profile_in_force().profile
    context = {
        "hang": hang,
        "row": shown.rows_of([hang], clock.today(), language)[0],
        "center": profile.office(profile.handling.fallback_unit).label(language),
        "zone_name": profile.zone.zh if language.startswith("zh") else profile.zone.en,
        "picture": picture,
        "url": url,
    }
    return render_page(request, "hangs/hang_paper.html", context)


@require_safe
def evidence_file(request: Request, file_id: int) -> HttpResponseBase:
    """Send a file: pictures to be shown (they were re-encoded), everything else as a download."""
    found = get_object_or_404(queries.files_visible_to(request.standing), pk=file_id)
    return files.sent_file(
        found.path,
        name=found.name,
        content_type=found.content_type,
        as_attachment=not found.is_picture or "download" in request.GET,
    )
