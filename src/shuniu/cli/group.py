"""`shuniu group`: needs that tell of one event."""

from __future__ import annotations

import argparse

from shuniu.cli import lines
from shuniu.engines.extraction.grouping import group_events
from shuniu.engines.extraction.needs import train
from shuniu.profiles.problems import lexicon_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = (
        "Average linkage over common characters, words, category, what is named and the trouble "
        "that is told. All lines are read before the first is answered."
    )
    lines.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer each need with its group: "g1" for that of the first line, then upwards."""
    model = train(lexicon_of(lines.profile_of(arguments)))

    def answer(texts: tuple[str, ...]) -> tuple[lines.Row, ...]:
        return tuple({"group": f"g{number}"} for number in group_events(texts, model))

    return lines.answer_together(arguments, answer)
