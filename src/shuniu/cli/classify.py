"""`shuniu classify`: category, unit, urgency and route of needs."""

from __future__ import annotations

import argparse

from shuniu.cli import lines
from shuniu.engines.extraction.needs import read_need, train
from shuniu.profiles.problems import lexicon_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = (
        "Two linear models over the phrases of the profile, its words, and rules for unit, urgency "
        "and route. It is no large language model and asks no server."
    )
    lines.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer each need."""
    profile = lines.profile_of(arguments)
    model = train(lexicon_of(profile))
    office_names = {office.code: office.zh for office in profile.offices}

    def answer(row: lines.Row) -> lines.Row:
        text = lines.filled_text_of(row)
        reading = read_need(text, model)
        return {
            "id": row.get("id"),
            "category": reading.category,
            "top3": list(reading.top3),
            "unit": office_names[reading.unit],
            "urgency": reading.urgency,
            "route": reading.route,
        }

    return lines.answer_lines(arguments, answer)
