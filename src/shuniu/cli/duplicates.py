"""`shuniu duplicates`: needs that were already sent, against earlier lines."""

from __future__ import annotations

import argparse

from shuniu.cli import lines
from shuniu.engines.extraction.similarity import Index


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = (
        "A plain baseline: texts are compared as sets of character pairs. It finds a need that "
        "was sent again in nearly the same words, not one that was told anew."
    )
    lines.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer each need with the earlier one it repeats."""
    index = Index()
    ids: list[object] = []

    def answer(row: lines.Row) -> lines.Row:
        text = lines.filled_text_of(row)
        near = index.nearest(text)
        index.add(str(len(ids)), text)
        ids.append(row.get("id"))
        if near is None:
            return {"id": row.get("id"), "duplicate_of": None, "score": 0.0}
        earlier = ids[int(near.text_id)]
        return {"id": row.get("id"), "duplicate_of": earlier, "score": round(near.score, 4)}

    return lines.answer_lines(arguments, answer)
