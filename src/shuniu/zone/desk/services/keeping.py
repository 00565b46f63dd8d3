"""Fetching a case to work on, and writing what was done to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shuniu.engines.worktime.lights import LightReading
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, problems
from shuniu.zone.desk.choices import (
    INTERNAL_NOTES,
    CaseState,
    Decision,
    Light,
    NoteKind,
    Step,
)
from shuniu.zone.desk.models import Case, CaseRequest, Note, Urging
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of

# After these nobody needs more time or a suspension.
ENDS_REQUEST = (
    facts.CaseReplied,
    facts.CaseReturned,
    facts.CaseEscalated,
    facts.CaseWithdrawn,
    facts.CaseMerged,
)
# After these the case is over, or the unit that was urged has it no longer.
ENDS_URGING = (
    facts.CaseReturned,
    facts.DispatchTakenBack,
    facts.CaseEscalated,
    facts.CaseReopened,
    facts.CaseClosed,
    facts.CaseWithdrawn,
    facts.CaseMerged,
)
# After these something changes for the cases that are handled with this one.
LEADS = (
    facts.CaseDispatched,
    facts.DispatchTakenBack,
    facts.CaseReturned,
    facts.CaseTakenBack,
    facts.CasePlanned,
    facts.CaseReplied,
    facts.CaseRejected,
    facts.CaseWithdrawn,
    facts.CaseSplit,
)
MOST_CHARACTERS = 5_000
KEPT_CONTROLS = "\n\t\u200d"  # the last one joins emoji


class NotYourCase(Refusal):
    code = "desk.not_your_case"
    status = 403
    sentence = _("This step of case %(case)s is somebody else's to take.")


class NotPossibleNow(Refusal):
    code = "desk.not_possible_now"
    status = 409
    sentence = _(
        "%(who)s was faster: case %(case)s is now “%(state)s”, so this step is not possible."
        " Nothing was changed; open the case again to see what was done."
    )


class WordsMissing(Refusal):
    code = "desk.words_missing"
    status = 422
    sentence = _("Please write something first; an empty text says nothing.")


class TooManyWords(Refusal):
    code = "desk.too_many_words"
    status = 422
    sentence = _(
        "The text has %(length)s characters; at most %(limit)s fit. Please shorten it or attach"
        " it as a file."
    )


def fetch(case_id: int, step: Step, actor: User) -> Case:
    """Lock a case, and those that are handled with it, for a step of ``actor``.

    Raises
    ------
    NotYourCase
        If the step is somebody else's.
    NotPossibleNow
        If the state does not allow it (any more).
    """
    case = next((row for row in hold([case_id]) if row.pk == case_id), None)
    if case is None:
        raise Case.DoesNotExist
    if not policies.MAY[step](standing_of(actor), case):
        raise NotYourCase(case=case.number)
    if not moves.is_possible(case, step):
        raise not_possible_now(case)
    return case


def hold(keys: Collection[int]) -> QuerySet[Case]:
    """Return some cases with those that are handled with them, to be locked in one order."""
    followers = Q(parent_id__in=keys, state=CaseState.MERGED)
    return (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead_unit", "handler", "enterprise")
        .filter(Q(pk__in=keys) | followers)
        .order_by("pk")
    )


def not_possible_now(case: Case) -> NotPossibleNow:
    """Return the refusal that names who was faster."""
    last = (
        Fact.objects.filter(subject=f"desk.case:{case.pk}", actor__isnull=False)
        .select_related("actor")
        .order_by("pk")
        .last()
    )
    who = str(last.actor) if last else _("The system")
    return NotPossibleNow(case=case.number, state=CaseState(case.state).label, who=who)


def clean_words(text: str, *, required: bool = True) -> str:
    """Return the text without control characters and outer blanks.

    Raises
    ------
    WordsMissing
        If nothing is left although something is needed.
    TooManyWords
        If it is longer than ``MOST_CHARACTERS``.
    """
    kept = "".join(
        c for c in text.replace("\r\n", "\n") if c.isprintable() or c in KEPT_CONTROLS
    ).strip()
    if required and not any(c.isalnum() for c in kept):
        raise WordsMissing
    if len(kept) > MOST_CHARACTERS:
        raise TooManyWords(length=len(kept), limit=MOST_CHARACTERS)
    return kept


def keep(case: Case, move: moves.Move, *, actor: User | None, now: datetime) -> Case:
    """Write the case, the words and the fact of one move, and what it means for its followers."""
    set_clocks(case, now=now)
    case.save()
    fact = move.fact
    if isinstance(fact, ENDS_REQUEST):
        waiting = CaseRequest.objects.filter(case=case, decision=Decision.PENDING)
        waiting.update(decision=Decision.DROPPED, decided_at=now)
    if isinstance(fact, ENDS_URGING):
        unanswered = Urging.objects.filter(case=case, answered_at=None, ended_at=None)
        unanswered.update(ended_at=now)
    if isinstance(fact, facts.CaseReopened | facts.CallBackUnsolved):
        answers = Note.objects.filter(case=case, kind=NoteKind.REPLY, refused_at__isnull=True)
        answers.update(refused_at=now)
    note = note_of(case, move, actor=actor, now=now)
    if note is not None:
        note.save()
        fact = with_note(fact, note)
    told = record_fact(fact, actor=actor, at=now)
    tell_of([(case, told)], actor=actor, now=now)
    if isinstance(fact, LEADS):
        for follower, follows in _followers(case, move, now=now):
            keep(follower, follows, actor=actor, now=now)
    return case


def _followers(case: Case, move: moves.Move, *, now: datetime) -> Iterator[tuple[Case, moves.Move]]:
    """Yield the cases that are handled with one that was moved, with what happens to each.

    They go where it goes; they get its plan and its answer; they are on their own again when it
    is over or was restricted, whose words nobody else may read.
    """
    merged = Case.objects.filter(parent=case, state=CaseState.MERGED)
    for child in merged.select_related("lead_unit", "handler", "enterprise").order_by("pk"):
        if case.is_over or case.is_restricted:
            yield child, moves.part(child, text="", now=now)
        elif isinstance(move.fact, facts.CasePlanned):
            yield child, moves.follow_plan(child, parent=case, text=move.text, now=now)
        elif isinstance(move.fact, facts.CaseReplied):
            yield child, moves.follow_reply(child, parent=case, text=move.text, now=now)
        else:
            child.lead_unit = case.lead_unit
            child.save(update_fields=["lead_unit"])


def note_of(case: Case, move: moves.Move, *, actor: User | None, now: datetime) -> Note | None:
    """Return the words of a move as a row that is not written yet; None without words."""
    if move.note_kind is None or not move.text:
        return None
    return Note(
        case=case,
        kind=move.note_kind,
        text=move.text,
        author=actor,
        written_at=now,
        is_public=move.note_kind not in INTERNAL_NOTES,
    )


def with_note(fact: Any, note: Note) -> Any:
    """Return the fact with the id of its words."""
    return replace(fact, note_id=note.pk)


def set_clocks(case: Case, *, now: datetime) -> None:
    """Set the deadlines, the light and the wait for a call-back of a case as its moments say."""
    if case.is_over or _is_told_of_review(case):
        due = problems.deadlines(case, now=now)
        set_light(case, now=now)
    else:
        due, reading = problems.clocks_of(case, now=now)
        _show(case, reading)
    case.contact_due_at, case.plan_due_at = due.contact_at, due.plan_at
    case.done_due_at, case.is_due_assumed = due.done_at, due.is_assumed
    is_asked_about = case.closed_at is not None and case.called_back_at is None
    waits = is_asked_about and problems.call_back_reason(case) is not None
    case.call_back_since = case.closed_at if waits else None


def set_light(case: Case, *, now: datetime) -> None:
    """Set the light, its reason and its next change."""
    if case.is_over:
        case.light, case.light_reason, case.next_light_at = Light.NONE, "", None
    elif case.review_on is not None and _is_told_of_review(case):
        _set_light_of_suspended(case, case.review_on, now=now)
    else:
        _show(case, problems.light_of(case, now=now))


def _show(case: Case, reading: LightReading) -> None:
    case.light, case.light_reason = Light(reading.light.value), reading.reason.value
    case.next_light_at = reading.next_change_at


def _is_told_of_review(case: Case) -> bool:
    return case.state == CaseState.SUSPENDED and case.review_on is not None


def _set_light_of_suspended(case: Case, review_on: date, *, now: datetime) -> None:
    """Set the light of a case whose clocks stand still: it tells of the review instead."""
    opens, ends = day_span(review_on)
    if now < opens:
        case.light, case.light_reason, case.next_light_at = Light.GREEN, "suspended", opens
    elif now < ends:
        case.light, case.light_reason, case.next_light_at = Light.YELLOW, "review_due", ends
    else:
        case.light, case.light_reason, case.next_light_at = Light.RED, "review_missed", None
