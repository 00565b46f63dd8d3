"""What a clerk does with an issue before a leader signs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import facts
from shuniu.zone.briefings.channels import Briefing, Item, Section, restored, stored
from shuniu.zone.briefings.choices import Step
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.keeping import fetch, keep
from shuniu.zone.briefings.services.periods import composed_anew
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact

MOST_NOTABLE = 5


class TooManyNotable(Refusal):
    code = "briefings.too_many_notable"
    status = 422
    sentence = _("At most %(most)s needs are told as notable. Please leave some out.")


@dataclass(frozen=True, slots=True)
class Edits:
    """What a clerk wrote: all of it, not only what is different.

    ``notable`` holds the keys of the cases that are told, out of those that were offered.
    """

    title: str
    summary: str
    notes: dict[Section, str]
    notable: frozenset[int]


@dataclass(frozen=True, slots=True)
class FigureMoved:
    """A number of the draft that is another one now."""

    label: str
    then: int
    now: int


def figures_moved(issue: Issue, *, now: datetime) -> tuple[FigureMoved, ...]:
    """Return what the figures of an issue would be if they were counted now, where they differ."""
    kept = restored(issue.content)
    fresh = composed_anew(issue, language=kept.language, now=now)
    values = {line.name: line.value.value for line in kept.figures}
    return tuple(
        FigureMoved(line.label, values.get(line.name, 0), line.value.value)
        for line in fresh.figures
        if values.get(line.name) != line.value.value
    )


@transaction.atomic
def save_issue(*, issue_id: int, seen: int, edits: Edits, actor: User, now: datetime) -> Issue:
    """Keep what a clerk wrote in a draft.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    TooManyNotable
        If more than five cases are chosen.
    """
    issue = fetch(issue_id, Step.SAVE, seen=seen, actor=actor)
    _write(issue, edits, actor, now)
    return keep(issue, Step.SAVE, "content", "edited_at", "edited_by")


@transaction.atomic
def hand_up_issue(*, issue_id: int, seen: int, edits: Edits, actor: User, now: datetime) -> Issue:
    """Keep what a clerk wrote and give the issue to the leaders.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged, TooManyNotable
        As for saving.
    """
    issue = fetch(issue_id, Step.HAND_UP, seen=seen, actor=actor)
    _write(issue, edits, actor, now)
    issue.returned_why = ""
    keep(issue, Step.HAND_UP, "content", "edited_at", "edited_by", "returned_why")
    told = facts.IssueHandedUp(issue_id=issue.pk, version=issue.version)
    record_fact(told, actor=actor, at=now)
    return issue


@transaction.atomic
def take_back_issue(*, issue_id: int, seen: int, actor: User, now: datetime) -> Issue:
    """Take an issue that nobody has signed back from the leaders.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    """
    issue = keep(fetch(issue_id, Step.TAKE_BACK, seen=seen, actor=actor), Step.TAKE_BACK)
    told = facts.IssueTakenBack(issue_id=issue.pk, version=issue.version)
    record_fact(told, actor=actor, at=now)
    return issue


@transaction.atomic
def renew_issue(*, issue_id: int, seen: int, actor: User, now: datetime) -> Issue:
    """Count the figures of a draft anew; what a clerk wrote stays.

    Raises
    ------
    NotForYou, StepNotPossible, IssueChanged
        See ``keeping.fetch``.
    """
    issue = fetch(issue_id, Step.RENEW, seen=seen, actor=actor)
    was, kept = restored(issue.composed), restored(issue.content)
    fresh = composed_anew(issue, language=kept.language, now=now)
    issue.composed = stored(fresh)
    issue.content = stored(_with_words(fresh, kept, was))
    issue.first_day = fresh.first_day
    keep(issue, Step.RENEW, "content", "composed", "first_day")
    record_fact(facts.IssueRenewed(issue_id=issue.pk, version=issue.version), actor=actor, at=now)
    return issue


def _with_words(fresh: Briefing, kept: Briefing, was: Briefing) -> Briefing:
    """Return the new figures with the words of the clerk; the lead, if it was changed."""
    written = replace(
        fresh,
        title=kept.title,
        notes=kept.notes,
        summary=kept.summary if kept.summary != was.summary else fresh.summary,
    )
    chosen = {item.case_id for item in kept.notable}
    if chosen == {item.case_id for item in was.notable}:
        return written
    return _with_notable(written, chosen)


def _write(issue: Issue, edits: Edits, actor: User, now: datetime) -> None:
    """Put what a clerk wrote into the issue; a fact names the parts that are different."""
    before = restored(issue.content)
    offered = {item.case_id for item in (*before.notable, *before.more_notable)}
    chosen = edits.notable & offered
    if len(chosen) > MOST_NOTABLE:
        raise TooManyNotable(most=MOST_NOTABLE)
    notes = {name: words for name, words in edits.notes.items() if words}
    after = replace(before, title=edits.title, summary=edits.summary, notes=notes)
    after = _with_notable(after, chosen)
    issue.content, issue.edited_at, issue.edited_by = stored(after), now, actor
    parts = tuple(_parts_changed(before, after))
    if parts:
        told = facts.IssueEdited(issue_id=issue.pk, version=issue.version + 1, parts=parts)
        record_fact(told, actor=actor, at=now)


def _with_notable(briefing: Briefing, chosen: Collection[int]) -> Briefing:
    """Return the briefing with these cases told, in the order of their urgency as before."""
    offered: tuple[Item, ...] = (*briefing.notable, *briefing.more_notable)
    ordered = sorted(offered, key=lambda item: item.rank)
    return replace(
        briefing,
        notable=tuple(item for item in ordered if item.case_id in chosen),
        more_notable=tuple(item for item in ordered if item.case_id not in chosen),
    )


def _parts_changed(before: Briefing, after: Briefing) -> list[str]:
    parts = [name for name in ("title", "summary") if getattr(before, name) != getattr(after, name)]
    if before.notable != after.notable:
        parts.append("choice")
    parts += [name for name in Section if before.notes.get(name, "") != after.notes.get(name, "")]
    return parts
