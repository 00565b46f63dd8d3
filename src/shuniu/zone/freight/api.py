"""Freight messages for programs: reading a chat, and the table of its words."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.freight import policies, queries, services
from shuniu.zone.freight.choices import WordState, WordStep
from shuniu.zone.freight.forms import LONGEST_PASTE, LONGEST_WORD, PasteForm, WordForm
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.freight.problems import Shown, told
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    area,
    checked,
    fields_of,
    found,
    page_of,
    to_be,
)

freight = area("Freight")


class Paste(Body):
    """One message or a whole exported chat."""

    text: str = Field(min_length=1, max_length=LONGEST_PASTE)


class FieldPart(Part):
    """A field of a card: what was read, and the words that it was read from."""

    field: str = Field(description="Name of the field, as the command line has it")
    value: str
    words: str = Field(description="Cut from the message; empty where it was concluded")


class CardPart(Part):
    """A load or a truck."""

    kind: str
    act: str = Field(description="What its speaker did to it later; empty if nothing")
    fields: list[FieldPart]
    missing: list[str] = Field(description="What to ask for")
    doubts: list[str]


class MessageRead(Part):
    """A message with its cards, or with why it has none."""

    speaker: str
    sent_at: datetime
    why_none: str
    cards: list[CardPart]


class WordPart(Part):
    """A word of the freight groups and what it is read as."""

    id: int
    word: str
    means: str
    state: WordState
    proposed_at: datetime
    decided_at: datetime | None


class NewWord(Body):
    """A word that was read wrongly, and what it means."""

    word: str = Field(min_length=1, max_length=LONGEST_WORD)
    means: str = Field(min_length=1, max_length=LONGEST_WORD)


class WordQuery(Part):
    """Which words."""

    model_config = ConfigDict(frozen=True)

    state: WordState | None = None


@freight.post(
    "/freight/read",
    url_name="freight-read",
    operation_id="freight_read",
    response=list[MessageRead],
)
def freight_read(request: Request, body: Paste) -> list[MessageRead]:
    """Read a freight message or an exported chat. Nothing of it is stored."""
    to_be(policies.may_read_messages(request.standing))
    given = checked(PasteForm(fields_of(body)))
    return [_message(one) for one in told(given["text"], now=clock.now())]


@freight.get(
    "/freight/words",
    url_name="freight-words",
    operation_id="freight_words_list",
    response=Page[WordPart],
)
def freight_words_list(
    request: Request, wanted: Query[WordQuery], page: Query[PageQuery]
) -> Page[WordPart]:
    """List the words of the freight groups, the newest first."""
    to_be(policies.may_decide_words(request.standing))
    rows = queries.words_visible_to(request.standing).order_by("-proposed_at", "-pk")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return page_of(request, rows, lambda several: [_word(one) for one in several], page)


@freight.post(
    "/freight/words",
    url_name="freight-words",
    operation_id="freight_word_propose",
    response={201: WordPart},
)
def freight_word_propose(request: Request, body: NewWord) -> Status[WordPart]:
    """Correct how a word is read; it is used once it is accepted."""
    to_be(policies.may_read_messages(request.standing))
    given = checked(WordForm(fields_of(body)))
    row = services.propose_word(
        word=given["word"], means=given["means"], actor=request.user, now=clock.now()
    )
    return Status(201, _word(row))


@freight.post(
    "/freight/words/{int:word_id}/{step}",
    url_name="freight-word",
    operation_id="freight_word_step",
    response=WordPart,
)
def freight_word_step(request: Request, word_id: Key, step: WordStep) -> WordPart:
    """Take a word into use, or not."""
    to_be(policies.may_decide_words(request.standing))
    seen = found(queries.words_visible_to(request.standing), word_id)
    row = services.decide_word(word_id=seen.pk, step=step, actor=request.user, now=clock.now())
    return _word(row)


def _message(one: Shown) -> MessageRead:
    cards = [
        CardPart(
            kind=sheet.kind,
            act=sheet.act,
            fields=[FieldPart(field=x.field, value=x.value, words=x.words) for x in sheet.lines],
            missing=list(sheet.missing),
            doubts=list(sheet.doubts),
        )
        for sheet in one.sheets
    ]
    return MessageRead(speaker=one.speaker, sent_at=one.sent_at, why_none=one.why_none, cards=cards)


def _word(row: GroupWord) -> WordPart:
    return WordPart(
        id=row.pk,
        word=row.word,
        means=row.means,
        state=WordState(row.state),
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
    )
