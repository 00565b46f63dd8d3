"""What ends when: each class of data, how long the zone keeps it, and the command that deletes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.contrib.sessions.models import Session

from shuniu.profiles.retention import Retention
from shuniu.zone.accounts import queries as accounts
from shuniu.zone.accounts import services as account_services
from shuniu.zone.briefings import queries as briefings
from shuniu.zone.briefings import services as briefing_services
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk import services as desk_services
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.hangs import services as hang_services
from shuniu.zone.kernel import clock
from shuniu.zone.kernel import queries as kernel_queries
from shuniu.zone.kernel import services as kernel
from shuniu.zone.kernel.data_map import Held, Keeping, Span, held_of
from shuniu.zone.kernel.models import Delivery, DeliveryState, FactWords, KeptAnswer
from shuniu.zone.notices import queries as notices
from shuniu.zone.notices import services as notice_services
from shuniu.zone.portal import queries as portal
from shuniu.zone.portal import services as portal_services
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry import services as registry_services

EVERY = timedelta(days=1)
log = structlog.get_logger("shuniu.retention")


def _months(read: Callable[[Retention], int]) -> Callable[[], Span]:
    return lambda: Span(read(registry.profile_in_force().profile.retention), "months")


def _days(read: Callable[[Retention], int]) -> Callable[[], Span]:
    return lambda: Span(read(registry.profile_in_force().profile.retention), "days")


def _fixed_days(amount: int) -> Callable[[], Span]:
    return lambda: Span(amount, "days")


def _hours(amount: int) -> Callable[[], Span]:
    return lambda: Span(amount, "hours")


def _answers() -> Held:
    return held_of(KeptAnswer.objects.all(), "made_at")


def _fact_words() -> Held:
    return held_of(FactWords.objects.all(), "written_at")


def _work_done() -> Held:
    return held_of(Delivery.objects.filter(state=DeliveryState.DONE), "fact__happened_at")


def _browser_sessions() -> Held:
    return held_of(Session.objects.all(), "expire_date")


def _loose_files() -> Held:
    return portal.loose_files_held(clock.now())


# In the order of the purge: what hangs on a name goes after the name, files after their cases.
KEEPINGS: tuple[Keeping, ...] = (
    Keeping(
        "identity",
        _months(lambda r: r.accounts_months),
        account_services.purge_accounts,
        accounts.identities_held,
    ),
    Keeping(
        "standing",
        _months(lambda r: r.accounts_months),
        registry_services.purge_standing,
        registry.standing_held,
    ),
    Keeping(
        "mailboxes",
        _months(lambda r: r.accounts_months),
        notice_services.purge_mailboxes,
        notices.mailboxes_held,
    ),
    Keeping(
        "codes",
        _days(lambda r: r.codes_days),
        account_services.purge_codes,
        accounts.codes_held,
    ),
    Keeping(
        "sessions",
        _months(lambda r: r.sessions_months),
        account_services.purge_sessions,
        accounts.stays_held,
    ),
    Keeping("reasons", _months(lambda r: r.sessions_months), kernel.purge_fact_words, _fact_words),
    Keeping("browser_sessions", _hours(1), kernel.purge_browser_sessions, _browser_sessions),
    Keeping(
        "guesses",
        _days(lambda r: r.guesses_days),
        account_services.purge_guesses,
        accounts.guesses_held,
    ),
    Keeping(
        "contacts",
        _months(lambda r: r.contacts_months),
        registry_services.purge_contacts,
        registry.contacts_held,
    ),
    Keeping(
        "registrations",
        _months(lambda r: r.registrations_months),
        registry_services.purge_registrations,
        registry.registrations_held,
    ),
    Keeping(
        "hangs",
        _months(lambda r: r.needs_months),
        hang_services.purge_hangs,
        hangs.hangs_held,
    ),
    Keeping("needs", _months(lambda r: r.needs_months), desk_services.purge_needs, desk.needs_held),
    Keeping(
        "place_files",
        _fixed_days(30),
        registry_services.purge_place_files,
        registry.place_files_held,
    ),
    Keeping("views", _fixed_days(30), desk_services.purge_views, desk.views_held),
    Keeping(
        "issues",
        _months(lambda r: r.needs_months),
        briefing_services.purge_issues,
        briefings.issues_held,
    ),
    Keeping("notices", _fixed_days(180), notice_services.purge_notices, notices.notices_held),
    Keeping("imports", _fixed_days(30), kernel.purge_imports, kernel_queries.imports_held),
    Keeping("exports", _fixed_days(7), portal_services.purge_exports, portal.exports_held),
    Keeping(
        "import_headings",
        _fixed_days(730),
        kernel.purge_headings,
        kernel_queries.headings_held,
    ),
    Keeping("answers", _hours(24), kernel.purge_answers, _answers),
    Keeping(
        "requests",
        _months(lambda r: r.records_months),
        account_services.purge_requests,
        accounts.requests_held,
    ),
    Keeping(
        "incidents",
        _months(lambda r: r.records_months),
        portal_services.purge_incidents,
        portal.incidents_held,
    ),
    Keeping("work", _days(lambda r: r.deliveries_days), kernel.purge_deliveries, _work_done),
    Keeping("loose_files", _hours(24), portal_services.purge_loose_files, _loose_files),
)


def purge(now: datetime) -> None:
    """Delete what is due, class by class; one that fails does not keep the others."""
    for keeping in KEEPINGS:
        try:
            kernel.run_purge(
                data_class=keeping.data_class,
                batch=keeping.batch,
                before=keeping.span().before(now),
                actor=None,
                now=now,
            )
        except Exception:
            log.exception("purge_failed", data_class=keeping.data_class)
    if portal.has_purged_since(now - EVERY) and not kernel.wipe_free_space():
        log.warning("free_space_not_wiped")
