"""The message box of the freight pool, and the table of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts.models import User
from shuniu.zone.freight import policies, queries, services
from shuniu.zone.freight.choices import WordStep
from shuniu.zone.freight.forms import PasteForm, WordForm
from shuniu.zone.freight.problems import Shown, told
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page, without_key
from shuniu.zone.registry.queries import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

PAGE_SIZE = 50


class Request(HttpRequest):
    """A request of somebody who has signed in."""

    htmx: HtmxDetails
    user: User
    standing: Standing
    LANGUAGE_CODE: str


class StepConverter:
    """A decision about a word in an address."""

    regex = "|".join(WordStep.values)

    def to_python(self, value: str) -> WordStep:
        return WordStep(value)

    def to_url(self, value: str) -> str:
        return str(value)


@require_safe
def message_box(request: Request) -> HttpResponse:
    """Show the empty box."""
    _insist(policies.may_read_messages(request.standing))
    return _box(request, PasteForm(), status=200)


@without_key
@require_POST
def message_read(request: Request) -> HttpResponse:
    """Show what was read from a paste; nothing of it is stored."""
    _insist(policies.may_read_messages(request.standing))
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _box(request, form, status=422)
    found = told(form.cleaned_data["text"], now=clock.now())
    return _box(request, form, status=200, messages=found)


def _box(
    request: Request, form: PasteForm, *, status: int, messages: list[Shown] | None = None
) -> HttpResponse:
    may_decide = policies.may_decide_words(request.standing)
    context = {"form": form, "word_form": WordForm(), "read": messages, "may_decide": may_decide}
    return render_page(request, "freight/messages.html", context, part="read", status=status)


@require_safe
def word_list(request: Request) -> HttpResponse:
    """Show the words, those that wait first."""
    _insist(policies.may_decide_words(request.standing))
    found = queries.words_visible_to(request.standing)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render_page(request, "freight/words.html", {"page": page})


@require_POST
def word_propose(request: Request) -> HttpResponse:
    """Keep a correction for review."""
    _insist(policies.may_read_messages(request.standing))
    form = WordForm(request.POST)
    if not form.is_valid():
        return render_page(request, "freight/word_new.html", {"form": form}, status=422)
    services.propose_word(
        word=form.cleaned_data["word"],
        means=form.cleaned_data["means"],
        actor=request.user,
        now=clock.now(),
    )
    if policies.may_decide_words(request.standing):
        return redirect("freight:words")
    return redirect("freight:messages")


@require_POST
def word_step(request: Request, word_id: int, step: WordStep) -> HttpResponse:
    """Take a word into use, or not."""
    _insist(policies.may_decide_words(request.standing))
    seen = get_object_or_404(queries.words_visible_to(request.standing), pk=word_id)
    services.decide_word(word_id=seen.pk, step=step, actor=request.user, now=clock.now())
    return redirect("freight:words")


def _insist(is_right: object) -> None:
    if not is_right:
        raise PermissionDenied
