"""Commands of the freight pool: correcting how a word is read, and deciding on it."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.freight import facts, policies
from shuniu.zone.freight.choices import STATE_AFTER, WordState, WordStep
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of
from shuniu.zone.registry.services import NotForYou

MOST_DIGITS = 6


class NoWord(Refusal):
    code = "freight.no_word"
    status = 422
    sentence = _("Please write a word and what it means, two different ones.")


class WordHoldsNumber(Refusal):
    code = "freight.word_holds_number"
    status = 422
    sentence = _("Phone and other long numbers do not belong in the table of words.")


class WordKnown(Refusal):
    code = "freight.word_known"
    status = 409
    sentence = _("This word stands in the table already. The center decides on it there.")


class WordDecidedBefore(Refusal):
    code = "freight.word_decided_before"
    status = 409
    sentence = _("This word is “%(state)s” already; nothing was changed.")


@transaction.atomic
def propose_word(*, word: str, means: str, actor: User, now: datetime) -> GroupWord:
    """Correct how a word of the freight groups is read; it is used once it is accepted.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    NoWord, WordHoldsNumber, WordKnown
        If it is no word, holds a long number, or stands in the table already.
    """
    if not policies.may_read_messages(standing_of(actor)):
        raise NotForYou
    word, means = _plain(word), _plain(means)
    if not word or not means or word == means:
        raise NoWord
    if any(len(re.sub(r"\D", "", each)) > MOST_DIGITS for each in (word, means)):
        raise WordHoldsNumber
    row, is_new = GroupWord.objects.get_or_create(
        word=word, defaults={"means": means, "proposed_by": actor, "proposed_at": now}
    )
    if not is_new:
        raise WordKnown
    record_fact(facts.WordProposed(word_id=row.pk), actor=actor, at=now)
    return row


@transaction.atomic
def decide_word(*, word_id: int, step: WordStep, actor: User, now: datetime) -> GroupWord:
    """Take a word into use, or out of it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    WordDecidedBefore
        If it was decided so already.
    """
    if not policies.may_decide_words(standing_of(actor)):
        raise NotForYou
    row: GroupWord = GroupWord.objects.select_for_update(no_key=True).get(pk=word_id)
    state = STATE_AFTER[step]
    if row.state == state:
        raise WordDecidedBefore(state=WordState(state).label)
    row.state = state
    row.decided_by = actor
    row.decided_at = now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    record_fact(facts.WordDecided(word_id=row.pk, state=state), actor=actor, at=now)
    return row


def _plain(words: str) -> str:
    """Return words in one form: full width and doubled blanks do not make another word."""
    return " ".join(unicodedata.normalize("NFKC", words).split())
