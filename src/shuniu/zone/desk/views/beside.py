"""Two cases side by side, before somebody says that they are one, related, or not the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from shuniu.profiles.schema import Profile
from shuniu.zone.desk import forms, policies, queries, services
from shuniu.zone.desk.channels import unit_of
from shuniu.zone.desk.choices import CAN_LEAD, TRANSITIONS, CaseState, LinkKind, Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.views import shown
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.queries import Standing

RULES: dict[services.Rule, Promise] = {
    services.Rule.WORDS: gettext_lazy("nearly the same words"),
    services.Rule.NEAR: gettext_lazy("same category, nearby, within two days"),
}
SAID: dict[str, Promise] = {
    "relate": gettext_lazy("The two cases are related now."),
    "unrelate": gettext_lazy("The two cases are not related any more."),
    "not-same": gettext_lazy("Noted: the two are not the same. It is not suggested again."),
}
COMMANDS: dict[str, Callable[..., Case]] = {
    "relate": services.relate_cases,
    "unrelate": services.unrelate_cases,
    "not-same": services.tell_apart,
}


class LinkStepConverter:
    """What is said of two cases, in an address."""

    regex = "|".join(COMMANDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Side:
    """One of two cases, in the words of the person who compares them."""

    case: Case
    category: str
    unit: str
    sent_on: str


@dataclass(frozen=True, slots=True)
class Way:
    """One case put with the other: by which form, or why it cannot be (``why_not``)."""

    case: Case
    into: Case
    form: forms.StepForm
    why_not: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case that a rule found alike, with the rule and what it rests on."""

    case: Case
    rule: str
    why: str


@require_safe
def beside_find(request: Request, case_id: int) -> HttpResponse:
    """Find the case to compare with by its number."""
    case = get_object_or_404(queries.cases_visible_to(request.standing), pk=case_id)
    if not policies.may_link(request.standing, case):
        raise services.NotYourCase(case=case.number)
    number = request.GET.get("number", "").strip().upper()[:20].replace("\x00", "")
    found = queries.cases_visible_to(request.standing).exclude(pk=case.pk)
    other = found.filter(number=number).first()
    if other is None:
        messages.warning(request, _("There is no other case “%(number)s”.") % {"number": number})
        return redirect("desk:case-page", case.pk)
    return redirect("desk:beside", case.pk, other.pk)


@require_safe
def beside(request: Request, case_id: int, other_id: int) -> HttpResponse:
    """Show two cases side by side, why they may be one, and what can be said of them."""
    who = request.standing
    # Both at once, so that a case that one may not see takes as long as one that is not there.
    rows = queries.cases_visible_to(who).filter(pk__in=(case_id, other_id))
    found = {row.pk: row for row in rows}
    if case_id == other_id or len(found) < 2:
        raise Http404
    case, other = found[case_id], found[other_id]
    if other.is_restricted or not policies.may_link(who, case):
        raise services.NotYourCase(case=case.number)
    language = request.LANGUAGE_CODE
    said = queries.links_between(case, other)
    alike = services.alike_of(case=case, other=other)
    ways = [_way(request, *pair) for pair in _by_age(case, other)]
    context = {
        "case": case,
        "other": other,
        "sides": [_side(one, language) for one in (case, other)],
        "why": suggested_words(alike) if alike is not None else None,
        "ways": ways if policies.may_arrange(who, case) else [],
        "is_merged": case.parent_id == other.pk or other.parent_id == case.pk,
        "is_related": LinkKind.RELATED in said,
        "is_different": LinkKind.DIFFERENT in said,
    }
    return render_page(request, "desk/beside.html", context)


@require_POST
def beside_step(request: Request, case_id: int, other_id: int, step: str) -> HttpResponse:
    """Keep what was said of two cases."""
    seen = get_object_or_404(queries.cases_visible_to(request.standing), pk=case_id)
    COMMANDS[step](case_id=seen.pk, other_id=other_id, actor=request.user, now=clock.now())
    messages.success(request, str(SAID[step]))
    return redirect("desk:case-page", seen.pk)


def suggestions_of(who: Standing, case: Case) -> list[Suggested]:
    """Return the cases that may be the same need, with the rule that found each."""
    return [suggested_words(one) for one in services.cases_alike(case=case, who=who)]


def suggested_words(alike: services.Alike) -> Suggested:
    """Return a rule and what it rests on, in words."""
    parts = [_("the words are %(pct)d %% alike") % {"pct": alike.like_pct}]
    if alike.apart_m is not None:
        parts.append(_("%(km).1f km apart") % {"km": alike.apart_m / 1000})
    hours = round(alike.apart.total_seconds() / 3600)
    parts.append(
        ngettext("%(count)d hour apart", "%(count)d hours apart", hours) % {"count": hours}
    )
    return Suggested(alike.case, str(RULES[alike.rule]), _(", ").join(parts))


def _by_age(case: Case, other: Case) -> Iterator[tuple[Case, Case]]:
    """Yield both ways to put two cases together; that the older one leads is the first."""
    older, newer = sorted((case, other), key=lambda one: (one.submitted_at, one.pk))
    yield newer, older
    yield older, newer


def _way(request: Request, case: Case, into: Case) -> Way:
    form = forms.FORMS[Step.MERGE](
        None,
        None,
        initial={"into": into.pk},
        auto_id=f"id_{case.pk}_%s",
        case=case,
        profile=registry.profile_of(case.profile_id),
        language=request.LANGUAGE_CODE,
    )
    return Way(case, into, form, _why_not(case, into))


def _why_not(case: Case, into: Case) -> str:
    """Return why a case cannot be put with another now; nothing if it can."""
    if case.state not in TRANSITIONS[Step.MERGE][0]:
        words = _("%(case)s is “%(state)s” now.")
        return words % {"case": case.number, "state": CaseState(case.state).label}
    if queries.waiting_followers(case):
        return _("Others are handled with %(case)s.") % {"case": case.number}
    if into.state not in CAN_LEAD:
        words = _("%(case)s is “%(state)s” now.")
        return words % {"case": into.number, "state": CaseState(into.state).label}
    if not into.category:
        return _("%(case)s is not accepted yet.") % {"case": into.number}
    return ""


def _side(case: Case, language: str) -> Side:
    profile: Profile = registry.profile_of(case.profile_id)
    return Side(
        case=case,
        category=shown.category_of(case, profile, language),
        unit=unit_of(case, language),
        sent_on=f"{local(case.submitted_at):%Y-%m-%d %H:%M}",
    )
