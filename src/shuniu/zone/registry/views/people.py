"""The people of the zone, for those who open accounts and those who give roles."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.accounts import queries as accounts_queries
from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.once import keep_once, take_once
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.queries import PeopleFilter, PersonRow
from shuniu.zone.registry.views import shown
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 50
STATES = {
    "in_use": gettext_lazy("In use"),
    "invited": gettext_lazy("No password yet"),
    "roleless": gettext_lazy("Without a role"),
    "closed": pgettext_lazy("account", "Closed"),
}
RISKY_CELL = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def people_list(request: Request) -> HttpResponse:
    """List the people of the zone, and how many are in each state."""
    who = request.standing
    if not policies.may_see_people(who):
        raise PermissionDenied
    wanted = _wanted(request)
    counts = queries.people_counts(who, wanted)
    page = Paginator(queries.filtered_people(who, wanted), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": shown.people_of(queries.person_rows(page), request.LANGUAGE_CODE),
        "wanted": wanted,
        "tabs": shown.people_tabs(wanted, counts, STATES),
        "offices": shown.office_choices(request.LANGUAGE_CODE),
        "roles": Role.choices,
        "file_url": shown.people_url("registry:people-file", wanted),
        "clear_url": shown.people_url("registry:people", PeopleFilter(state=wanted.state)),
        "is_filtered": bool(wanted.words or wanted.office or wanted.role),
        "may_appoint": policies.may_appoint(who),
    }
    return render_page(request, "registry/people_list.html", context, part="rows")


@require_safe
def people_file(request: Request) -> HttpResponse:
    """Give the list as a file for a spreadsheet, which is recorded."""
    if not policies.may_see_people(request.standing):
        raise PermissionDenied
    now = clock.now()
    rows = services.export_people(wanted=_wanted(request), actor=request.user, now=now)
    text = io.StringIO()
    csv.writer(text).writerows(_lines(rows, request.LANGUAGE_CODE))
    answer = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    name = f"people-{local(now):%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: Request) -> HttpResponse:
    """Open an account for a member of staff."""
    if not policies.may_appoint(request.standing):
        raise PermissionDenied
    is_sent = request.method == "POST"
    data = request.POST if is_sent else None
    form = forms.AccountForm(data)
    posts = forms.post_forms(data, (), request.LANGUAGE_CODE)
    if is_sent and form.is_valid() and posts.is_valid():
        user = _opened(request, form, posts)
        if user is not None:
            words = _("The account is open. The security administrator now gives the roles.")
            messages.success(request, words)
            return redirect("registry:person", user.pk)
    context = {"form": form, "posts": posts}
    status = 422 if is_sent else 200
    return render_page(request, "registry/person_new.html", context, status=status)


@never_cache
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Show one person: posts, roles, sessions, and what this administrator may do."""
    user = _user(request, pk)
    return _page(request, user, {}, code=take_once(request, _once(user)))


@require_POST
def person_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Change one thing about a person."""
    user = _user(request, pk)
    if step not in STEPS:
        raise Http404
    may = policies.may_appoint if step in STEPS_OF_APPOINTING else policies.may_guard
    if not may(request.standing):
        raise PermissionDenied
    form = _form(request, user, step, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, user, {step: form}, status=422)
    try:
        STEPS[step](request, user, form)
    except Refusal as refusal:
        if form is None or not hasattr(form, "add_error"):
            raise
        form.add_error(None, str(refusal))
        return _page(request, user, {step: form}, status=refusal.status)
    return redirect("registry:person", user.pk)


def _opened(request: Request, form: forms.AccountForm, posts: forms.PostFormSet) -> User | None:
    """Open the account; what is refused is told in the form."""
    try:
        return services.open_staff_account(
            **form.cleaned_data, posts=posts.posts(), actor=request.user, now=clock.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _correct(request: Request, user: User, form: Any) -> None:
    given, now = form.cleaned_data, clock.now()
    if given["name"] != user.name:
        accounts.rename(user_id=user.pk, name=given["name"], actor=request.user, now=now)
    if given["phone"] != accounts_queries.phone_of(user):
        accounts.set_phone(user_id=user.pk, number=given["phone"], actor=request.user, now=now)
    messages.success(request, _("Name and number are corrected."))


def _posts(request: Request, user: User, form: Any) -> None:
    services.change_posts(user_id=user.pk, posts=form.posts(), actor=request.user, now=clock.now())
    messages.success(request, _("The posts are changed."))


def _give(request: Request, user: User, form: Any) -> None:
    role = Role(form.cleaned_data["role"])
    accounts.give_role(user_id=user.pk, role=role, actor=request.user, now=clock.now())
    messages.success(request, _("%(name)s is now: %(role)s.") % {
        "name": user.name, "role": role.label,
    })  # fmt: skip


def _take(request: Request, user: User, _form: Any) -> None:
    given = request.POST.get("role", "")
    if given not in Role.values:
        raise Http404
    role = Role(given)
    accounts.take_role(user_id=user.pk, role=role, actor=request.user, now=clock.now())
    messages.success(request, _("%(name)s is no longer: %(role)s.") % {
        "name": user.name, "role": role.label,
    })  # fmt: skip


def _code(request: Request, user: User, form: Any) -> None:
    now = clock.now()
    code = accounts.issue_code(user_id=user.pk, **form.cleaned_data, actor=request.user, now=now)
    keep_once(request, _once(user), (code, (now + shown.CODE_LASTS).isoformat()))


def _end_sessions(request: Request, user: User, _form: Any) -> None:
    accounts.end_sessions(user_id=user.pk, but_key=None, actor=request.user, now=clock.now())
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": user.name})


def _end_keys(request: Request, user: User, _form: Any) -> None:
    accounts.revoke_tokens(user_id=user.pk, actor=request.user, now=clock.now())
    messages.success(request, _("All keys of %(name)s are ended.") % {"name": user.name})


def _close(request: Request, user: User, _form: Any) -> None:
    accounts.close_account(user_id=user.pk, actor=request.user, now=clock.now())
    messages.success(request, _("The account of %(name)s is closed.") % {"name": user.name})


def _reopen(request: Request, user: User, _form: Any) -> None:
    accounts.reopen_account(user_id=user.pk, actor=request.user, now=clock.now())
    messages.success(request, _("The account of %(name)s is open again.") % {"name": user.name})


STEPS_OF_APPOINTING = {"correct", "posts"}
STEPS: dict[str, Callable[[Request, User, Any], None]] = {
    "correct": _correct,
    "posts": _posts,
    "give": _give,
    "take": _take,
    "code": _code,
    "end-sessions": _end_sessions,
    "end-keys": _end_keys,
    "close": _close,
    "reopen": _reopen,
}


def _form(request: Request, user: User, step: str, data: Any = None) -> Any:
    """Return the form of a step; None for a step that needs no more than a button."""
    if step == "correct":
        initial = {"name": user.name, "phone": accounts_queries.phone_of(user)}
        return forms.RenameForm(data, initial=initial)
    if step == "posts":
        posts = queries.posts_by_person([user.pk]).get(user.pk, ())
        return forms.post_forms(data, posts, request.LANGUAGE_CODE)
    if step == "give":
        held = accounts_queries.roles_of(user)
        return forms.GiveRoleForm(data, held=sorted(held), is_outside=_is_of_enterprise(held))
    return forms.CodeForm(data) if step == "code" else None


def _page(
    request: Request,
    user: User,
    filled: dict[str, Any],
    *,
    code: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    who = request.standing
    [row] = queries.person_rows([user])
    [line] = shown.people_of([row], request.LANGUAGE_CODE)
    is_self = user.pk == request.user.pk
    for_enterprise = _is_of_enterprise(frozenset(row.roles))
    may_appoint = policies.may_appoint(who) and not for_enterprise
    may_guard = policies.may_guard(who) and not is_self
    steps = ["correct", "posts"] if may_appoint else []
    steps += ["code"] if may_guard else []
    steps += ["give"] if may_guard and not for_enterprise else []
    made = {step: _form(request, user, step) for step in steps}
    sessions = list(accounts_queries.sessions_of(user)) if policies.may_guard(who) else []
    keys = list(accounts_queries.tokens_of(user, clock.now())) if policies.may_guard(who) else []
    context = {
        "someone": user,
        "row": line,
        "roles": row.roles,
        "phone": accounts_queries.phone_of(user),
        "firms": queries.enterprises_of(user),
        "sessions": sessions,
        "keys": keys,
        "forms": made | filled,
        "is_self": is_self,
        "may_appoint": may_appoint,
        "may_guard": may_guard,
        "sees_sessions": policies.may_guard(who),
        "code": shown.code_of(user, code),
    }
    return render_page(request, "registry/person.html", context, status=status)


def _is_of_enterprise(roles: frozenset[str]) -> bool:
    """Return whether somebody is of an enterprise alone: such a person gets no role inside."""
    return bool(roles) and roles <= ENTERPRISE_ROLES


def _user(request: Request, pk: int) -> User:
    """Return whom the page is about; everybody else than the two administrators is refused."""
    if not policies.may_see_people(request.standing):
        raise PermissionDenied
    return get_object_or_404(queries.people_visible_to(request.standing), pk=pk)


def _once(user: User) -> str:
    return f"code-{user.pk}"


def _wanted(request: Request) -> PeopleFilter:
    state = request.GET.get("state", "")
    role = request.GET.get("role", "")
    return PeopleFilter(
        words=request.GET.get("words", "").replace("\x00", "").strip()[:60],
        office=request.GET.get("office", "").replace("\x00", "")[:40],
        role=role if role in Role.values else "",
        state=state if state in STATES else "",
    )


def _lines(rows: list[PersonRow], language: str) -> Iterator[list[str]]:
    """Yield the head and the lines of the file; no cell of it is taken for a formula."""
    yield [
        _("Name"), _("Sign-in name"), _("Offices"), _("Roles"), _("State"), _("Second factor"),
        _("Last sign-in"),
    ]  # fmt: skip
    for row, line in zip(rows, shown.people_of(rows, language), strict=True):
        signed_in = row.last_sign_in_at
        cells = [
            row.user.name,
            row.user.sign_in_name,
            "; ".join(f"{place.office} {place.title}".strip() for place in line.places),
            "; ".join(line.roles),
            str(STATES[row.state]),
            _("yes") if row.has_second_factor else _("no"),
            f"{local(signed_in):%Y-%m-%d %H:%M}" if signed_in else "",
        ]
        yield [f"'{cell}" if cell.startswith(RISKY_CELL) else cell for cell in cells]
