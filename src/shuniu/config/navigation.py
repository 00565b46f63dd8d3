"""What stands around every page: zone, person, and the ways that this person may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.policies import may_see_call_backs, may_see_withdrawals
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.freight import policies as freight_policies
from shuniu.zone.freight import queries as freight
from shuniu.zone.hall.policies import may_read_items, may_see_queue
from shuniu.zone.hangs.policies import may_list as may_list_hangs
from shuniu.zone.kernel.web import THEME_COOKIE, THEMES
from shuniu.zone.notices import queries as notices
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.queries import Standing, may_see_calendar


@dataclass(frozen=True, slots=True)
class Item:
    """A way to go, with the number of things that wait there."""

    url: str
    label: str | Promise
    icon: str
    count: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class ZoneName:
    name: str
    short_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    unit_label: str
    initials: str


def layout(request: HttpRequest) -> dict[str, object]:
    """Return what the base template shows; each part is asked for only when it is drawn."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    ways = SimpleLazyObject(lambda: list(_navigation(request)))
    return {
        "zone": SimpleLazyObject(lambda: _zone(request)),
        "person": _person(request),
        "finds": SimpleLazyObject(lambda: _finds(request)),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
        "navigation": ways,
        "bottom_navigation": SimpleLazyObject(lambda: ways[:4]),
        "entry_links": SimpleLazyObject(lambda: list(_entry_links())),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "theme": theme if theme in THEMES else "auto",
    }


def _user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def _unread(request: HttpRequest) -> int:
    user = _user(request)
    return 0 if user is None else notices.unread_count(user.pk)


def _finds(request: HttpRequest) -> str:
    """Return what this person can search: all, own, or nothing."""
    who: Standing | None = getattr(request, "standing", None)
    if _user(request) is None or who is None:
        return ""
    return "all" if who.is_staff else "own" if who.enterprise_ids else ""


def _zone(request: HttpRequest) -> ZoneName:
    try:
        zone = registry.profile_in_force().profile.zone
    except registry.NoProfile:
        return ZoneName("", "", "")
    if request.LANGUAGE_CODE.startswith("zh"):
        return ZoneName(zone.zh, zone.short_zh, zone.phone)
    return ZoneName(zone.en, zone.short_en, zone.phone)


def _person(request: HttpRequest) -> Person | None:
    user = _user(request)
    if user is None:
        return None
    return Person(user.name, SimpleLazyObject(lambda: _unit_label(request, user)), user.name[:1])  # type: ignore[arg-type]  # a text, once it is drawn


def _unit_label(request: HttpRequest, user: User) -> str:
    is_zh = request.LANGUAGE_CODE.startswith("zh")
    offices = [office.zh if is_zh else office.en for office in registry.own_offices(user)]
    return "、".join(offices or [e.name for e in registry.enterprises_of(user)])


def _navigation(request: HttpRequest) -> Iterator[Item]:
    user = _user(request)
    if user is None:
        return
    who: Standing = request.standing  # type: ignore[attr-defined]  # set by its middleware
    for name, label, icon, count in _ways(who):
        url = reverse(name)
        yield Item(url, label, icon, count, is_current=_is_current(request.path, name, url))


def _entry_links() -> Iterator[Item]:
    """Yield the ways in for somebody who cannot sign in yet."""
    url, label = reverse("registry:register"), _("Register an enterprise")
    yield Item(url, label, "building-factory-2", None, is_current=False)
    url, label = reverse("registry:register-state"), _("Ask about a registration")
    yield Item(url, label, "search", None, is_current=False)


def _ways(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    waiting = None
    if who.is_staff or who.enterprise_ids:
        waiting = desk.counts_of(who, {"mine": CaseFilter(turn="mine")})["mine"] or None
    if who.enterprise_ids:
        yield "desk:need", _("Send a need"), "message-plus", None
        yield "desk:case-list", _("My cases"), "inbox", waiting
    if who.is_staff:
        yield "desk:case-list", _("Cases"), "inbox", waiting
    if who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER}:
        yield "desk:need-for-enterprise", _("Write for an enterprise"), "phone", None
    yield from _ways_of_supervision(who)
    if freight_policies.may_read_messages(who):
        yield "freight:messages", _("Freight messages"), "truck", None
    yield from _ways_to_hall(who)
    yield from _ways_to_people(who)
    yield from _ways_to_settings(who)


def _ways_of_supervision(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    if may_list_hangs(who):
        yield "hangs:list", _("Supervised items"), "checklist", None
    if who.roles & {Role.SUPERVISOR, Role.UNIT_HANDLER}:
        yield "desk:urging-list", _("Urgings"), "alert-triangle", None
    yield from _ways_to_checks(who)
    if who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR, Role.LEADER}:
        yield "portal:day", _("Today at a glance"), "report-analytics", None
        yield "briefings:today", _("Daily briefing"), "report", None
        yield "desk:wall", _("Lights wall"), "activity", None


def _ways_to_hall(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    if may_see_queue(who):
        yield "hall:queue", _("Counters"), "clock", None
    if may_read_items(who):
        yield "hall:items", _("Service catalogue"), "list-check", None


def _ways_to_checks(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    if may_see_call_backs(who):
        yield "desk:call-back-list", _("Call-backs"), "phone", None
    if may_see_withdrawals(who):
        yield "desk:withdrawal-list", _("Withdrawn cases"), "arrow-back-up", None


def _ways_to_people(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    if who.is_staff:
        yield "registry:enterprises", _("Enterprises"), "building-factory-2", None
        yield "registry:places", _("Places"), "map-pin", None
    if who.has(Role.CENTER_CLERK):
        wrong = registry.waiting_corrections(who) or None
        yield "registry:corrections", _("Corrections"), "edit", wrong
        asking = registry.waiting_registrations(who) or None
        yield "registry:registrations", _("Registrations"), "user-check", asking
        yield "registry:members", _("People of enterprises"), "users", None
    if who.roles & {Role.CENTER_CLERK, Role.SYSTEM_ADMIN}:
        yield "kernel:imports", _("Import lists"), "upload", None
    if who.has(Role.ENTERPRISE_ADMIN):
        yield "registry:own-enterprise", _("Our record"), "building-factory-2", None
        yield "registry:members", _("Colleagues"), "users", None
        yield "registry:contacts", _("Contacts"), "phone", None
    if who.roles & {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        yield "registry:people", _("People"), "users", None
    if who.has(Role.SECURITY_ADMIN):
        yield "portal:data-protection", _("Data protection"), "shield-check", None


def _ways_to_settings(who: Standing) -> Iterator[tuple[str, Promise, str, int | None]]:
    if who.has(Role.AUDIT_ADMIN):
        yield "accounts:audit", _("Audit trail"), "history", None
    if may_see_calendar(who):
        yield "desk:calendar", _("Working calendar"), "calendar-event", None
    if who.has(Role.SYSTEM_ADMIN):
        words = freight.waiting_words(who) or None
        yield "freight:words", _("Words of freight"), "edit", words
        yield "registry:profile", _("Zone profile"), "settings", None
        yield "desk:reader", _("Reading of needs"), "chart-bar", None
        yield "portal:system", _("Background work"), "activity", None
        yield "notices:outbox", _("Messages out"), "mail", None


def _is_current(path: str, name: str, url: str) -> bool:
    if name == "desk:need":
        return path == url
    if name == "briefings:today":
        return path.startswith(reverse("briefings:list"))
    return path.startswith(url)
