"""The briefing and the forms it goes out in."""

from __future__ import annotations

from shuniu.zone.briefings.channels.paper import Paper, paper_of, span_words
from shuniu.zone.briefings.channels.pdf import NoChineseFont, pdf_file
from shuniu.zone.briefings.channels.sheet import (
    Briefing,
    CategoryLine,
    CommonLine,
    FigureLine,
    Imprint,
    Item,
    Number,
    Section,
    restored,
    stored,
)
from shuniu.zone.briefings.channels.word import word_file

__all__ = [
    "Briefing",
    "CategoryLine",
    "CommonLine",
    "FigureLine",
    "Imprint",
    "Item",
    "NoChineseFont",
    "Number",
    "Paper",
    "Section",
    "paper_of",
    "pdf_file",
    "restored",
    "span_words",
    "stored",
    "word_file",
]
