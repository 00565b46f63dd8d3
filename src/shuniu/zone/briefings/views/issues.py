"""An issue on its way from draft to paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.briefings import forms, policies, queries, services
from shuniu.zone.briefings.channels import Briefing, restored
from shuniu.zone.briefings.choices import Edition, FileForm, Step
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.views.request import (
    Request,
    file_answer,
    insist_on_reader,
    site_of,
)
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Entry
from shuniu.zone.kernel.web import render_page

PLAIN_STEPS: dict[Step, tuple[Callable[..., Issue], Promise]] = {
    Step.TAKE_BACK: (services.take_back_issue, _("Taken back. It is a draft again.")),
    Step.RENEW: (services.renew_issue, _("The figures are those of this moment now.")),
    Step.SIGN: (services.sign_issue, _("Signed. It can be published now.")),
    Step.UNSIGN: (services.unsign_issue, _("The signature is taken back.")),
    Step.PUBLISH: (services.publish_issue, _("Published: %(number)s.")),
}
REASONED_STEPS: dict[Step, tuple[Callable[..., Issue], Promise]] = {
    Step.SEND_BACK: (services.send_back_issue, _("Sent back to the center with your words.")),
    Step.WITHDRAW: (services.withdraw_issue, _("Withdrawn. It keeps its number and is marked.")),
}
WRITING_STEPS: dict[Step, tuple[Callable[..., Issue], Promise]] = {
    Step.SAVE: (services.save_issue, _("Saved.")),
    Step.HAND_UP: (services.hand_up_issue, _("Handed up. The leaders can sign it now.")),
}


class StepConverter:
    """The name of a step in an address."""

    regex = "|".join(Step)

    def to_python(self, value: str) -> Step:
        return Step(value)

    def to_url(self, value: Step) -> str:
        return str(value)


@require_POST
def issue_draft(request: Request, day: date) -> HttpResponse:
    """Put the issue of a day together before the schedule does, or after a withdrawn one."""
    if not policies.may_edit(request.standing):
        raise PermissionDenied
    issue = services.draft_issue(day=day, actor=request.user, now=clock.now())
    return redirect("briefings:issue", issue.pk)


@require_POST
def period_draft(request: Request, edition: Edition, day: date) -> HttpResponse:
    """Put the issue of the week or month of a day together, as far as it has come."""
    if not policies.may_edit(request.standing):
        raise PermissionDenied
    issue = services.draft_issue(day=day, edition=edition, actor=request.user, now=clock.now())
    return redirect("briefings:issue", issue.pk)


@require_safe
def issue_page(request: Request, issue_id: int) -> HttpResponse:
    """Show an issue as the paper shows it, and what this person may do with it."""
    return _page(request, _issue(request, issue_id), forms.ReasonForm())


@require_safe
def issue_edit(request: Request, issue_id: int) -> HttpResponse:
    """Show the words of a draft, to be written."""
    issue = _issue(request, issue_id)
    if not policies.may_edit(request.standing):
        raise PermissionDenied
    if not issue.is_draft:
        return redirect("briefings:issue", issue.pk)
    briefing = services.told_now(restored(issue.content))
    form = forms.IssueForm(briefing, initial=forms.words_of(briefing, issue.version))
    return _edit_page(request, issue, briefing, form)


@require_POST
def issue_step(request: Request, issue_id: int, step: Step) -> HttpResponse:
    """Take a step with an issue."""
    issue = _issue(request, issue_id)
    if not policies.may_take(request.standing, step):
        raise PermissionDenied
    if step in WRITING_STEPS:
        return _written(request, issue, step)
    if step in REASONED_STEPS:
        return _reasoned(request, issue, step)
    seen = forms.SeenForm(request.POST)
    command, sentence = PLAIN_STEPS[step]
    issue = command(issue_id=issue.pk, seen=seen.version, actor=request.user, now=clock.now())
    messages.success(request, str(sentence) % {"number": issue.number_words})
    return redirect("briefings:issue-edit" if step == Step.RENEW else "briefings:issue", issue.pk)


@require_safe
def issue_file(request: Request, issue_id: int, form: FileForm) -> HttpResponse:
    """Send an issue as a file."""
    issue = _issue(request, issue_id)
    content = services.export_issue(
        issue_id=issue.pk,
        form=form,
        base_url=site_of(request),
        actor=request.user,
        now=clock.now(),
    )
    number = f"-{issue.year}-{issue.number}" if issue.number else ""
    return file_answer(content, form, f"briefing-{issue.day}{number}")


def _issue(request: Request, issue_id: int) -> Issue:
    insist_on_reader(request)
    return get_object_or_404(queries.issues_visible_to(request.standing), pk=issue_id)


def _reasoned(request: Request, issue: Issue, step: Step) -> HttpResponse:
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, issue, form, status=422)
    command, sentence = REASONED_STEPS[step]
    command(
        issue_id=issue.pk,
        seen=form.version,
        reason=form.cleaned_data["reason"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, str(sentence))
    return redirect("briefings:issue", issue.pk)


def _written(request: Request, issue: Issue, step: Step) -> HttpResponse:
    """Keep what was written; when that is not possible, the words stay on the page."""
    briefing = services.told_now(restored(issue.content))
    form = forms.IssueForm(briefing, request.POST)
    if not form.is_valid():
        return _edit_page(request, issue, briefing, form, status=422)
    command, sentence = WRITING_STEPS[step]
    try:
        command(
            issue_id=issue.pk,
            seen=form.version,
            edits=form.edits(),
            actor=request.user,
            now=clock.now(),
        )
    except (services.IssueChanged, services.StepNotPossible) as no:
        return _edit_page(request, issue, briefing, form, refusal=no)
    messages.success(request, str(sentence))
    return redirect("briefings:issue", issue.pk)


def _page(request: Request, issue: Issue, form: Any, *, status: int = 200) -> HttpResponse:
    who, known = request.standing, every_fact()
    steps = services.steps_of(issue, who)
    context = {
        "issue": issue,
        "paper": services.issue_paper(issue),
        "may": {step.name.lower(): True for step in steps},
        "has_steps": bool(steps - {Step.WITHDRAW}),
        "neighbors": queries.neighbors_of(who, issue),
        "history": [
            Entry(fact.happened_at, str(known[fact.kind].label), getattr(fact.actor, "name", ""))
            for fact in queries.history_of(issue)
        ],
        "changes": () if issue.is_out else services.changes_of(issue),
        "instructions": queries.instructions_on(who, issue) if issue.is_out else [],
        "may_instruct": issue.is_published and policies.may_instruct(who),
        "correction": queries.correction_of(who, issue),
        "may_correct": issue.is_withdrawn
        and policies.may_edit(who)
        and queries.issue_of_day(who, issue.day, issue.edition) is None,
        "form": form,
    }
    return render_page(request, "briefings/issue.html", context, status=status)


def _edit_page(
    request: Request,
    issue: Issue,
    briefing: Briefing,
    form: Any,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "issue": issue,
        "briefing": briefing,
        "form": form,
        "changes": services.changes_of(issue),
        "moved": services.figures_moved(issue, now=clock.now()),
        "refusal": refusal,
    }
    status = refusal.status if refusal else status
    return render_page(request, "briefings/issue_edit.html", context, status=status)
