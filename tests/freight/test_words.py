"""Correcting how a word of freight messages is read, and deciding on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.freight import queries, services
from shuniu.zone.freight.choices import WordState, WordStep
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.queries import standing_of
from shuniu.zone.registry.services import NotForYou
from tests.factories import THURSDAY_10, administrator, clerk, handler, leader, service_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zone")]


def propose(actor: User, word: str = "布码头", means: str = "绍兴柯桥") -> GroupWord:
    return services.propose_word(word=word, means=means, actor=actor, now=THURSDAY_10)


def decide(row: GroupWord, actor: User, step: WordStep = WordStep.ACCEPT) -> GroupWord:
    return services.decide_word(word_id=row.pk, step=step, actor=actor, now=THURSDAY_10)


def told() -> list[str]:
    return list(
        Fact.objects.filter(kind__startswith="freight.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_a_correction_waits_until_somebody_takes_it() -> None:
    row = propose(service_officer())

    assert (row.state, queries.words_in_use(), told()) == (
        WordState.PROPOSED,
        [],
        ["freight.word.proposed"],
    )


@pytest.mark.parametrize("who", [clerk, administrator])
def test_an_accepted_word_is_used_and_a_refused_one_no_longer(who: Callable[[], User]) -> None:
    row, keeper = propose(clerk()), who()

    decide(row, keeper)
    assert queries.words_in_use() == [("布码头", "绍兴柯桥")]

    decide(row, keeper, WordStep.REFUSE)
    assert queries.words_in_use() == []
    assert told() == ["freight.word.proposed", "freight.word.decided", "freight.word.decided"]


def test_full_width_and_blanks_do_not_make_another_word() -> None:
    propose(clerk(), word="９米６大笼")

    with pytest.raises(services.WordKnown):
        propose(clerk(), word=" 9米6大笼 ")


@pytest.mark.parametrize(
    ("word", "means", "refusal"),
    [
        (" ", "海门", services.NoWord),
        ("海门", " ", services.NoWord),
        ("海门", "海门", services.NoWord),
        ("老王 154 0002 0001", "海门", services.WordHoldsNumber),
        ("老地方", "１５４０００２０００１", services.WordHoldsNumber),
    ],
)
def test_what_is_no_word_is_refused_and_leaves_nothing(
    word: str, means: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        propose(clerk(), word=word, means=means)

    assert (GroupWord.objects.count(), told()) == (0, [])


@pytest.mark.parametrize("who", [handler, leader, administrator])
def test_only_those_who_read_messages_correct_them(who: Callable[[], User]) -> None:
    with pytest.raises(NotForYou):
        propose(who())

    assert (GroupWord.objects.count(), told()) == (0, [])


@pytest.mark.parametrize("who", [service_officer, handler, leader])
def test_only_keepers_of_the_table_decide(who: Callable[[], User]) -> None:
    row = propose(clerk())

    with pytest.raises(NotForYou):
        decide(row, who())

    row.refresh_from_db()
    assert (row.state, told()) == (WordState.PROPOSED, ["freight.word.proposed"])


def test_deciding_the_same_twice_is_refused() -> None:
    row = propose(clerk())
    decide(row, clerk())

    with pytest.raises(services.WordDecidedBefore):
        decide(row, clerk())

    assert told() == ["freight.word.proposed", "freight.word.decided"]


def test_words_that_wait_stand_first_in_the_list() -> None:
    keeper = clerk()
    first, second = propose(keeper), propose(keeper, word="大笼车", means="高栏")
    decide(second, keeper)

    rows = queries.words_visible_to(standing_of(keeper))

    assert [row.pk for row in rows] == [first.pk, second.pk]
    assert queries.waiting_words(standing_of(keeper)) == 1
