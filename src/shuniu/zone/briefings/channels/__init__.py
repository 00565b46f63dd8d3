"""The briefing and the forms it goes out in."""

from __future__ import annotations

from shuniu.zone.briefings.channels.chart import Chart, Series, bar_chart
from shuniu.zone.briefings.channels.paper import Paper, Part, paper_of, parts_of, span_words
from shuniu.zone.briefings.channels.pdf import NoChineseFont, pdf_file
from shuniu.zone.briefings.channels.sheet import (
    AgeLine,
    Bin,
    Briefing,
    CategoryLine,
    CommonLine,
    FigureLine,
    HangItem,
    HangSheet,
    Imprint,
    InstructionLine,
    Item,
    Number,
    OperationLine,
    Period,
    Section,
    restored,
    stored,
)
from shuniu.zone.briefings.channels.word import word_file

__all__ = [
    "AgeLine",
    "Bin",
    "Briefing",
    "CategoryLine",
    "Chart",
    "CommonLine",
    "FigureLine",
    "HangItem",
    "HangSheet",
    "Imprint",
    "InstructionLine",
    "Item",
    "NoChineseFont",
    "Number",
    "OperationLine",
    "Paper",
    "Part",
    "Period",
    "Section",
    "Series",
    "bar_chart",
    "paper_of",
    "parts_of",
    "pdf_file",
    "restored",
    "span_words",
    "stored",
    "word_file",
]
