"""Facts that the freight pool publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class WordProposed(FactRecord):
    """Somebody corrected how a word is read."""

    kind: ClassVar[str] = "freight.word.proposed"
    label: ClassVar[Promise] = _("Word of freight messages proposed")
    about: ClassVar[str] = "word_id"
    word_id: int


@dataclass(frozen=True, slots=True)
class WordDecided(FactRecord):
    """The word is used for reading from now on, or not."""

    kind: ClassVar[str] = "freight.word.decided"
    label: ClassVar[Promise] = _("Word of freight messages decided on")
    about: ClassVar[str] = "word_id"
    word_id: int
    state: str
