"""What a leader does with an issue, and how it goes out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import facts
from shuniu.zone.briefings.channels import restored, stored
from shuniu.zone.briefings.choices import Edition, IssueState, Step
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.keeping import IssueChanged, fetch, keep
from shuniu.zone.briefings.services.showing import told_now
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number, record_fact
from shuniu.zone.registry.queries import profile_in_force, zone_language

LONGEST_REASON = 500


class ReasonMissing(Refusal):
    code = "briefings.reason_missing"
    status = 422
    sentence = _("Please write why, in a sentence of at most 500 characters.")


@transaction.atomic
def sign_issue(*, issue_id: int, seen: int, actor: User, now: datetime) -> Issue:
    """Sign an issue that was handed up.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    """
    issue = fetch(issue_id, Step.SIGN, seen=seen, actor=actor)
    issue.signed_at, issue.signed_by = now, actor
    keep(issue, Step.SIGN, "signed_at", "signed_by")
    record_fact(facts.IssueSigned(issue_id=issue.pk, version=issue.version), actor=actor, at=now)
    return issue


@transaction.atomic
def send_back_issue(*, issue_id: int, seen: int, reason: str, actor: User, now: datetime) -> Issue:
    """Give an issue back to the center, with what shall be different.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    ReasonMissing
        If it does not say why.
    """
    issue = fetch(issue_id, Step.SEND_BACK, seen=seen, actor=actor)
    issue.returned_why = _reason(reason)
    issue.signed_at = issue.signed_by = None
    keep(issue, Step.SEND_BACK, "returned_why", "signed_at", "signed_by")
    told = facts.IssueSentBack(issue_id=issue.pk, version=issue.version)
    record_fact(told, actor=actor, at=now)
    return issue


@transaction.atomic
def unsign_issue(*, issue_id: int, seen: int, actor: User, now: datetime) -> Issue:
    """Take the signature back before the issue is out.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    """
    issue = fetch(issue_id, Step.UNSIGN, seen=seen, actor=actor)
    issue.signed_at = issue.signed_by = None
    keep(issue, Step.UNSIGN, "signed_at", "signed_by")
    told = facts.IssueUnsigned(issue_id=issue.pk, version=issue.version)
    record_fact(told, actor=actor, at=now)
    return issue


@transaction.atomic
def publish_issue(*, issue_id: int, seen: int, actor: User, now: datetime) -> Issue:
    """Give a signed issue the next number of its year and fix what it says.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``; then no number is used up.
    """
    issue = fetch(issue_id, Step.PUBLISH, seen=seen, actor=actor)
    year = issue.day.year
    series = "issue" if issue.is_daily else issue.edition.lower()
    number = next_number(f"briefings.{series}.{year}")
    taken = Issue.objects.filter(pk=issue.pk, state=IssueState.SIGNED, version=seen).update(
        state=IssueState.PUBLISHED,
        version=seen + 1,
        content=stored(told_now(restored(issue.content))),
        year=year,
        number=number,
        number_words=_number_words(Edition(issue.edition), number, year),
        published_at=now,
        published_by=actor,
    )
    if not taken:
        raise IssueChanged
    issue.refresh_from_db()
    told = facts.IssuePublished(
        issue_id=issue.pk,
        version=issue.version,
        day=issue.day,
        year=year,
        number=number,
        corrects_id=issue.corrects_id or 0,
    )
    record_fact(told, actor=actor, at=now)
    return issue


@transaction.atomic
def withdraw_issue(*, issue_id: int, seen: int, reason: str, actor: User, now: datetime) -> Issue:
    """Say that a published issue does not hold; it keeps its number and is marked.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    ReasonMissing
        If it does not say why.
    """
    issue = fetch(issue_id, Step.WITHDRAW, seen=seen, actor=actor)
    issue.withdrawn_why, issue.withdrawn_at, issue.withdrawn_by = _reason(reason), now, actor
    keep(issue, Step.WITHDRAW, "withdrawn_why", "withdrawn_at", "withdrawn_by")
    told = facts.IssueWithdrawn(
        issue_id=issue.pk, version=issue.version, year=issue.year or 0, number=issue.number or 0
    )
    record_fact(told, actor=actor, at=now)
    return issue


def _number_words(edition: Edition, number: int, year: int) -> str:
    """Return the number as the profile writes it, which an issue keeps for good."""
    form = profile_in_force().profile.briefing.number_format
    words = form.format(number=number, year=year)
    if edition == Edition.DAILY:
        return words[:60]
    with translation.override(zone_language()):
        series = _("Weekly %(number)s") if edition == Edition.WEEKLY else _("Monthly %(number)s")
        return str(series % {"number": words})[:60]


def _reason(words: str) -> str:
    reason = " ".join(words.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonMissing
    return reason
