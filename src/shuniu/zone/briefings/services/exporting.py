"""Taking a briefing out as a file."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import facts, policies, queries
from shuniu.zone.briefings.channels import (
    Briefing,
    Imprint,
    Paper,
    Part,
    paper_of,
    parts_of,
    pdf_file,
    restored,
    word_file,
)
from shuniu.zone.briefings.choices import FileForm
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.composing import compose
from shuniu.zone.briefings.services.showing import imprint_of, told_now
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of
from shuniu.zone.registry.services import NotForYou

WRITERS = {FileForm.WORD: word_file, FileForm.PDF: pdf_file}


def issue_paper(issue: Issue) -> Paper:
    """Return the paper of an issue, in its own language."""
    briefing = told_now(restored(issue.content))
    with translation.override(briefing.language):
        return paper_of(briefing, imprint_of(issue))


def day_paper(briefing: Briefing) -> Paper:
    """Return the paper of a day that no issue was made of."""
    with translation.override(briefing.language):
        return paper_of(briefing, Imprint())


def day_parts(briefing: Briefing) -> tuple[Part, ...]:
    """Return the sections of a day as the paper has them, without ordinals."""
    with translation.override(briefing.language):
        return parts_of(briefing)


def issue_file(issue: Issue, *, form: FileForm, base_url: str) -> bytes:
    """Return an issue as a file: what was stored, so that it is always the same."""
    return WRITERS[form](issue_paper(issue), day=issue.day, base_url=base_url)


def day_file(day: date, *, form: FileForm, language: str, base_url: str, now: datetime) -> bytes:
    """Return the briefing of a day as a file: its issue if one is out in that language."""
    issue = queries.published_issue(day)
    if issue is not None and restored(issue.content).language == language:
        return issue_file(issue, form=form, base_url=base_url)
    paper = day_paper(compose(day, language=language, now=now))
    return WRITERS[form](paper, day=day, base_url=base_url)


def export_day(
    *,
    day: date,
    form: FileForm,
    language: str,
    base_url: str,
    actor: User | None,
    now: datetime,
) -> bytes:
    """Return the briefing of ``day`` as a file, and record that it went out.

    Raises
    ------
    NotForYou
        If ``actor`` may not read it.
    NoChineseFont
        If a PDF file cannot be written on this machine.
    """
    if actor is not None and not policies.may_read(standing_of(actor)):
        raise NotForYou
    content = day_file(day, form=form, language=language, base_url=base_url, now=now)
    with transaction.atomic():
        record_fact(facts.BriefingExported(day=day, form=form), actor=actor, at=now)
    return content


def export_issue(
    *, issue_id: int, form: FileForm, base_url: str, actor: User, now: datetime
) -> bytes:
    """Return an issue as a file, and record that it went out.

    Raises
    ------
    NotForYou
        If ``actor`` may not see it.
    NoChineseFont
        If a PDF file cannot be written on this machine.
    """
    issue = queries.issues_visible_to(standing_of(actor)).filter(pk=issue_id).first()
    if issue is None:
        raise NotForYou
    content = issue_file(issue, form=form, base_url=base_url)
    with transaction.atomic():
        record_fact(facts.BriefingExported(day=issue.day, form=form), actor=actor, at=now)
    return content
