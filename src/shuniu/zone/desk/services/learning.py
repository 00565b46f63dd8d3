"""Teaching the reading of needs by what clerks have confirmed, and going back to what it knew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.engines.extraction.learning import (
    NOTHING_LEARNED,
    VERSION,
    Confirmed,
    from_json,
    learn,
    to_json,
)
from shuniu.profiles.problems import lexicon_of
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, queries
from shuniu.zone.desk.models import Lesson
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.models import ProfileVersion
from shuniu.zone.registry.queries import profile_in_force, standing_of

# Confirmed cases after which it is worth while to learn again by itself.
NEW_CASES = 20


class NotYourReader(Refusal):
    code = "desk.not_your_reader"
    status = 403
    sentence = _("Only the system administrator decides how needs are read.")


class NoSuchLesson(Refusal):
    code = "desk.no_such_lesson"
    status = 404
    sentence = _("This version was not kept, or the program cannot read it any more.")


def learn_from_cases(*, at_least: int = 0, actor: User | None, now: datetime) -> Lesson | None:
    """Learn from the confirmed cases; what comes of it holds only if it is no worse than before.

    Thinking happens outside the transaction: if another version came into force meanwhile, the
    result was compared with the wrong one and does not hold. None if fewer than ``at_least`` cases
    were confirmed since the last time.

    Raises
    ------
    NotYourReader
        If ``actor`` is not the system administrator.
    """
    _refuse_others(actor)
    last = queries.lessons().first()
    if queries.confirmed_since(last.learned_at if last else None) < at_least:
        return None
    in_force = queries.lesson_in_force(VERSION)
    version = profile_in_force()
    lexicon = lexicon_of(version.profile)
    known = {category.code for category in lexicon.categories}
    told = learn(
        [row for row in _confirmed() if row.category in known],
        lexicon,
        from_json(queries.body_of(in_force.pk)) if in_force else NOTHING_LEARNED,
    )
    compared = told.comparison
    with transaction.atomic():
        _one_at_a_time(version.version_id)
        is_kept = compared.is_better and queries.lesson_in_force(VERSION) == in_force
        if is_kept:
            Lesson.objects.filter(is_in_force=True).update(is_in_force=False)
        lesson: Lesson = Lesson.objects.create(
            body=to_json(told.learned) if is_kept else "",
            written_as=VERSION,
            cases=told.learned.cases if is_kept else 0,
            compared=compared.cases,
            right_before=compared.before,
            right_after=compared.after,
            units_before=compared.units_before,
            units_after=compared.units_after,
            learned_at=now,
            is_in_force=is_kept,
        )
        taught = facts.ReaderTaught(
            lesson_id=lesson.pk,
            cases=lesson.cases,
            compared=compared.cases,
            right_before=compared.before,
            right_after=compared.after,
            is_kept=is_kept,
        )
        record_fact(taught, actor=actor, at=now)
        return lesson


@transaction.atomic
def choose_lesson(*, lesson_id: int | None, actor: User, now: datetime) -> Lesson | None:
    """Let the reading use an earlier version; None: only what the profile says.

    Raises
    ------
    NotYourReader
        If ``actor`` is not the system administrator.
    NoSuchLesson
        If it was not kept, or is written in a form of an earlier program.
    """
    _refuse_others(actor)
    _one_at_a_time(profile_in_force().version_id)
    lesson = None
    if lesson_id is not None:
        readable = queries.lessons().filter(written_as=VERSION).exclude(body="")
        lesson = readable.filter(pk=lesson_id).first()
        if lesson is None:
            raise NoSuchLesson
    Lesson.objects.filter(is_in_force=True).update(is_in_force=False)
    if lesson is not None:
        lesson.is_in_force = True
        lesson.save(update_fields=["is_in_force"])
    record_fact(facts.ReaderChosen(lesson_id=lesson_id), actor=actor, at=now)
    return lesson


def _refuse_others(actor: User | None) -> None:
    if actor is not None and not policies.may_teach_reader(standing_of(actor)):
        raise NotYourReader


def _one_at_a_time(version_id: int) -> None:
    """Wait until nobody else changes what is in force."""
    ProfileVersion.objects.select_for_update(no_key=True).get(pk=version_id)


def _confirmed() -> list[Confirmed]:
    return [
        Confirmed(
            case_id=case.number,
            text=case.text,
            category=case.category,
            unit=case.lead_unit.code if case.lead_unit else "",
            source=str(case.enterprise_id),
        )
        for case in queries.confirmed_cases()
        if case.text.strip()
    ]
