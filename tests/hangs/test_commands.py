"""Hanging up, moving the day, and the three steps by three people that strike off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import queries, services
from shuniu.zone.hangs.choices import EvidenceKind, HangState, Solved, SourceKind, Step
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.hangs.queries import Source
from shuniu.zone.hangs.services.keeping import change
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.notices.models import Notice
from tests.factories import THURSDAY_10, office
from tests.hangs.people import (
    MEETING,
    PROMISED,
    REVIEW,
    People,
    asked,
    called_back,
    opened,
    struck,
)
from tests.kernel.uploads import pdf

CASE = Source(SourceKind.CASE, "17", "QS-20261119-0001", "/cases/17/")


def kinds(hang: Hang) -> list[str]:
    told = Fact.objects.filter(subject=f"hangs.hang:{hang.pk}").order_by("pk")
    return [kind.removeprefix("hangs.hang.") for kind in told.values_list("kind", flat=True)]


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_a_hang_is_numbered_within_the_year_and_the_unit_is_told(people: People) -> None:
    first, second = opened(people), opened(people)

    assert (first.number, second.number) == ("GD-2026-0001", "GD-2026-0002")
    assert (first.state, first.supervisor, first.moves) == (HangState.OPEN, people.supervisor, 0)
    assert kinds(first) == ["opened"]
    assert told("hangs.opened") == {people.handler.pk, people.both.pk}


def test_the_unit_the_call_back_and_the_supervisor_strike_it_off(people: People) -> None:
    hang = struck(people)

    assert hang.state == HangState.STRUCK
    assert (hang.asked_by, hang.called_back_by, hang.struck_by) == (
        people.handler,
        people.clerk,
        people.supervisor,
    )
    assert hang.struck_in_time is True
    assert kinds(hang) == ["opened", "strike_asked", "called_back", "struck"]


def test_only_a_supervisor_opens(people: People) -> None:
    for actor in (people.handler, people.clerk, people.leader):
        with pytest.raises(services.NotForYou):
            services.open_hang(
                source=MEETING, promise="接通用电。", unit=office("econ_bureau"),
                responsible=people.handler, promised_on=PROMISED, review_on=REVIEW,
                actor=actor, now=THURSDAY_10,
            )  # fmt: skip

    assert not Hang.objects.exists()


def test_a_supervisor_opens_nothing_for_the_own_unit(people: People) -> None:
    with pytest.raises(services.OwnUnit):
        services.open_hang(
            source=MEETING, promise="接通用电。", unit=office("econ_bureau"),
            responsible=people.handler, promised_on=PROMISED, review_on=REVIEW,
            actor=people.both, now=THURSDAY_10,
        )  # fmt: skip


def test_the_responsible_person_serves_in_the_unit(people: People) -> None:
    with pytest.raises(services.NotOfUnit):
        services.open_hang(
            source=MEETING, promise="接通用电。", unit=office("econ_bureau"),
            responsible=people.other, promised_on=PROMISED, review_on=REVIEW,
            actor=people.supervisor, now=THURSDAY_10,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("promised_on", "review_on"),
    [(date(2026, 11, 18), REVIEW), (PROMISED, date(2026, 11, 18)), (date(9999, 1, 1), REVIEW)],
)
def test_nothing_is_promised_for_a_day_that_has_passed(
    people: People, promised_on: date, review_on: date
) -> None:
    with pytest.raises(services.DayNotPossible):
        services.open_hang(
            source=MEETING, promise="接通用电。", unit=office("econ_bureau"),
            responsible=people.handler, promised_on=promised_on, review_on=review_on,
            actor=people.supervisor, now=THURSDAY_10,
        )  # fmt: skip


@pytest.mark.parametrize("words", ["", " \n ", "…", "\u200b"])
def test_an_empty_promise_is_refused(people: People, words: str) -> None:
    with pytest.raises(services.WordsMissing):
        services.open_hang(
            source=MEETING, promise=words, unit=office("econ_bureau"),
            responsible=people.handler, promised_on=PROMISED, review_on=REVIEW,
            actor=people.supervisor, now=THURSDAY_10,
        )  # fmt: skip


def test_a_row_hangs_once_at_a_time(people: People) -> None:
    first = opened(people, CASE)

    with pytest.raises(services.AlreadyHanging) as refused:
        opened(people, CASE)

    assert refused.value.places == {"number": first.number}
    assert list(Hang.objects.values_list("pk", flat=True)) == [first.pk]


def test_a_row_that_was_struck_off_may_hang_again(people: People) -> None:
    first = opened(people, CASE)
    Hang.objects.filter(pk=first.pk).update(
        state=HangState.STRUCK,
        asked_by=people.handler,
        called_back_by=people.clerk,
        struck_by=people.supervisor,
        struck_at=THURSDAY_10,
    )

    assert opened(people, CASE).pk != first.pk


def test_the_promised_day_moves_with_a_reason_and_is_counted(people: People) -> None:
    hang = opened(people)

    services.move_promise(
        hang_id=hang.pk, promised_on=date(2027, 1, 15), text="变压器晚到。",
        actor=people.second, now=THURSDAY_10,
    )  # fmt: skip

    hang.refresh_from_db()
    assert (hang.first_promised_on, hang.promised_on, hang.moves) == (
        PROMISED,
        date(2027, 1, 15),
        1,
    )
    moved = Fact.objects.get(kind="hangs.hang.promise_moved").data
    assert (moved["promised_from"], moved["promised_on"], moved["moves"]) == (
        "2026-12-18",
        "2027-01-15",
        1,
    )
    assert Evidence.objects.get(kind=EvidenceKind.MOVE).text == "变压器晚到。"


def test_the_unit_does_not_move_its_own_day(people: People) -> None:
    hang = opened(people)

    for actor in (people.handler, people.both, people.clerk):
        with pytest.raises(services.NotYourHang):
            services.move_promise(
                hang_id=hang.pk, promised_on=PROMISED, text="要晚一点。", actor=actor,
                now=THURSDAY_10,
            )  # fmt: skip

    hang.refresh_from_db()
    assert (hang.promised_on, hang.moves, kinds(hang)) == (PROMISED, 0, ["opened"])


def test_evidence_is_kept_with_its_files(people: People) -> None:
    hang = opened(people)

    services.add_evidence(
        hang_id=hang.pk, text="电缆已经敷设。",
        uploads=[SimpleUploadedFile("验收.pdf", pdf())], actor=people.handler, now=THURSDAY_10,
    )  # fmt: skip

    assert EvidenceFile.objects.get().name == "验收.pdf"
    assert Evidence.objects.get().text == "电缆已经敷设。"
    assert queries.stored_paths() == {EvidenceFile.objects.get().path}
    hang.refresh_from_db()
    assert hang.state == HangState.OPEN


def ask(hang: Hang, actor: User) -> object:
    return services.ask_to_strike(hang_id=hang.pk, text="已经办好。", actor=actor, now=THURSDAY_10)


def call(hang: Hang, actor: User) -> object:
    return services.record_call_back(
        hang_id=hang.pk, solved=Solved.YES, text="企业说好了。", actor=actor, now=THURSDAY_10
    )


def strike(hang: Hang, actor: User) -> object:
    return services.strike_off(hang_id=hang.pk, actor=actor, now=THURSDAY_10)


@pytest.mark.parametrize(
    ("make", "step", "names"),
    [
        (opened, ask, ("other", "clerk", "supervisor", "leader")),
        (asked, call, ("handler", "both", "leader")),
        (called_back, strike, ("handler", "clerk", "both", "leader")),
    ],
)
def test_a_step_of_striking_off_is_refused_to_everybody_else(
    people: People,
    make: Callable[[People], Hang],
    step: Callable[[Hang, User], object],
    names: tuple[str, ...],
) -> None:
    hang = make(people)
    before = kinds(hang)

    for name in names:
        with pytest.raises(services.NotYourHang):
            step(hang, getattr(people, name))

    hang.refresh_from_db()
    assert kinds(hang) == before


def test_who_called_back_does_not_strike_off(people: People) -> None:
    hang = called_back(people, by=people.supervisor)

    with pytest.raises(services.NotYourHang):
        strike(hang, people.supervisor)

    strike(hang, people.second)
    hang.refresh_from_db()
    assert (hang.state, hang.struck_by) == (HangState.STRUCK, people.second)


def test_the_database_itself_refuses_two_steps_by_one_person(people: People) -> None:
    hang = called_back(people, by=people.supervisor)

    with pytest.raises(IntegrityError, match="hang_struck_by_three_people"), transaction.atomic():
        Hang.objects.filter(pk=hang.pk).update(
            state=HangState.STRUCK, struck_by=people.supervisor, struck_at=THURSDAY_10
        )


@pytest.mark.parametrize("heard", [Solved.PARTLY, Solved.NO])
def test_what_is_not_solved_is_open_again(people: People, heard: Solved) -> None:
    hang = asked(people)

    services.record_call_back(
        hang_id=hang.pk, solved=heard, text="还没有电。", actor=people.clerk, now=THURSDAY_10
    )

    hang.refresh_from_db()
    assert (hang.state, hang.round, hang.asked_by) == (HangState.OPEN, 2, None)
    with pytest.raises(services.NotPossibleNow):
        strike(hang, people.supervisor)


def test_a_refusal_opens_it_again_with_the_reason(people: People) -> None:
    hang = called_back(people)

    services.refuse_strike(
        hang_id=hang.pk, text="没有验收单。", actor=people.supervisor, now=THURSDAY_10
    )

    hang.refresh_from_db()
    assert (hang.state, hang.round) == (HangState.OPEN, 2)
    assert (hang.asked_by, hang.called_back_by) == (None, None)
    assert Evidence.objects.get(kind=EvidenceKind.REFUSAL).text == "没有验收单。"
    assert told("hangs.reopened") == {people.handler.pk}


@pytest.mark.parametrize("words", ["", "  "])
def test_a_refusal_without_a_reason_is_refused(people: People, words: str) -> None:
    hang = called_back(people)

    with pytest.raises(services.WordsMissing):
        services.refuse_strike(
            hang_id=hang.pk, text=words, actor=people.supervisor, now=THURSDAY_10
        )


def test_the_second_comer_is_told_who_was_first(people: People) -> None:
    hang = struck(people)

    with pytest.raises(services.NotPossibleNow) as refused:
        strike(hang, people.second)

    assert refused.value.places["who"] == people.supervisor.name


def test_a_step_on_what_was_read_before_somebody_else_changed_it_is_refused(
    people: People,
) -> None:
    hang = opened(people)
    stale = Hang.objects.get(pk=hang.pk)
    ask(hang, people.handler)

    with pytest.raises(services.NotPossibleNow):
        change(stale, Step.ASK, now=THURSDAY_10, state=HangState.STRIKE_ASKED)


def test_nothing_is_done_with_what_is_struck_off(people: People) -> None:
    hang = struck(people)

    for command, given in (
        (services.add_evidence, {"text": "还有一句。"}),
        (services.move_promise, {"text": "改期。", "promised_on": PROMISED}),
        (services.set_review, {"review_on": PROMISED}),
    ):
        with pytest.raises(Refusal):
            command(hang_id=hang.pk, actor=people.second, now=THURSDAY_10, **given)

    assert kinds(hang) == ["opened", "strike_asked", "called_back", "struck"]


def test_people_are_reminded_once_of_a_day_that_passed_and_of_a_review(people: People) -> None:
    hang = opened(people)
    at_review = THURSDAY_10.replace(month=12, day=1)
    late = THURSDAY_10.replace(month=12, day=19)

    assert services.remind(actor=None, now=THURSDAY_10) == 0
    assert [services.remind(actor=None, now=at_review) for _again in range(2)] == [1, 0]
    assert told("hangs.review") == {people.supervisor.pk}
    assert told("hangs.late") == set()
    assert [services.remind(actor=None, now=late) for _again in range(2)] == [1, 0]
    assert told("hangs.late") == {people.handler.pk, people.supervisor.pk}
    assert kinds(hang) == ["opened", "reminded", "reminded"]


def test_a_review_set_anew_is_reminded_of_anew(people: People) -> None:
    hang = opened(people)
    at_review = THURSDAY_10.replace(month=12, day=1)
    services.remind(actor=None, now=at_review)

    services.set_review(
        hang_id=hang.pk, review_on=date(2026, 12, 8), actor=people.second, now=at_review
    )

    assert services.remind(actor=None, now=at_review) == 0
    assert services.remind(actor=None, now=at_review + timedelta(days=7)) == 1


def test_words_and_files_go_when_their_time_is_over_and_the_figures_stay(people: People) -> None:
    hang = opened(people)
    services.add_evidence(
        hang_id=hang.pk, text="电缆已经敷设。",
        uploads=[SimpleUploadedFile("验收.pdf", pdf())], actor=people.handler, now=THURSDAY_10,
    )  # fmt: skip
    ask(hang, people.handler)
    call(hang, people.clerk)
    strike(hang, people.supervisor)
    path = EvidenceFile.objects.get().path

    later = THURSDAY_10 + timedelta(days=1)
    removed = services.purge_hangs(before=later, limit=10, now=later)

    assert removed.files == (path,)
    assert dict(removed.rows) == {"hangs_hang": 1, "hangs_evidence": 3, "hangs_evidencefile": 1}
    hang.refresh_from_db()
    assert (hang.state, hang.promise) == (HangState.STRUCK, "（已按保存期限删除）")
    assert not services.purge_hangs(before=later, limit=10, now=later)
