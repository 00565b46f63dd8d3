"""Measure the reading of needs: `python -m benchmarks.needs` from the project's folder.

Prints (a) the five-fold cross-validation over the phrases of the profile, with the words of the
lexicon and without, (b) the agreement with the sets of examples beside this file, and of the groups
with theirs, (c) the CPU time of a start, of a text, and of a question to an index of 100,000 texts.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from shuniu.engines.extraction.grouping import group_events
from shuniu.engines.extraction.lexicon import Category, Lexicon
from shuniu.engines.extraction.needs import NeedModel, read_need, train
from shuniu.engines.extraction.plain import plain
from shuniu.engines.extraction.similarity import Index
from shuniu.engines.extraction.topics import train_topics
from shuniu.profiles.load import load_profile
from shuniu.profiles.problems import lexicon_of

FOLDS = 5
EARLIER_TEXTS = 100_000
EXAMPLES = (
    "needs_examples",
    "needs_unseen_1",
    "needs_unseen_2",
    "needs_unseen_3",
    "needs_unseen_4",
    "needs_unseen_5",
)
GROUPS = ("needs_groups_1", "needs_groups_2", "needs_groups_3", "needs_groups_4")


def cross_validated(categories: Sequence[Category], seed: int) -> tuple[float, float]:
    """Return the shares of left-out phrases whose category is first, and among the first three."""
    phrases = [(row.code, phrase) for row in categories for phrase in row.phrases]
    random.Random(seed).shuffle(phrases)
    first = three = 0
    for fold in range(FOLDS):
        left_out = set(phrases[fold::FOLDS])
        model = train_topics([_without(row, left_out) for row in categories])
        for code, phrase in left_out:
            scores = model.scores(plain(phrase).text)
            order = sorted(range(len(scores)), key=lambda at: -scores[at])
            first += model.codes[order[0]] == code
            three += code in [model.codes[at] for at in order[:3]]
    return first / len(phrases), three / len(phrases)


def _without(category: Category, left_out: set[tuple[str, str]]) -> Category:
    kept = tuple(text for text in category.phrases if (category.code, text) not in left_out)
    return replace(category, phrases=kept)


def agreement(name: str, model: NeedModel, office_names: dict[str, str]) -> dict[str, int]:
    """Return in how many examples of a set each answer agrees with the label.

    ``missed`` counts critical ones that were read as less.
    """
    rows = rows_of(name)
    answers = ("examples", "category", "top3", "unit", "urgency", "route", "missed")
    agreed = dict.fromkeys(answers, 0)
    for row in rows:
        reading = read_need(row["text"], model)
        agreed["examples"] += 1
        agreed["category"] += reading.category == row["category"]
        agreed["top3"] += row["category"] in reading.top3
        agreed["unit"] += office_names[reading.unit] == row["unit"]
        agreed["urgency"] += reading.urgency == row["urgency"]
        agreed["missed"] += row["urgency"] == "critical" != reading.urgency
        agreed["route"] += reading.route == row["route"]
    return agreed


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the examples of the file ``name`` beside this one."""
    file = Path(__file__).with_name(f"{name}.jsonl")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def grouped(name: str, model: NeedModel) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the pairs of texts that a set puts in one event."""
    rows = rows_of(name)
    events = [row["event"] for row in rows]
    groups = group_events([row["text"] for row in rows], model)
    both, put, true = map(_pairs, (zip(groups, events, strict=True), groups, events))
    return both / max(put, 1), both / max(true, 1), 2 * both / max(put + true, 1)


def _pairs(numbers: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(numbers).values())


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds that ``work`` takes."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def index_ms(lexicon: Lexicon, seed: int) -> tuple[float, float]:
    """Return the mean and the largest CPU time of 300 questions to a full index."""
    chance = random.Random(seed)
    phrases = [phrase for row in lexicon.categories for phrase in row.phrases]

    def made_up() -> str:
        return f"{chance.choice(phrases)},{chance.choice(phrases)},{chance.randrange(1000)}"

    index = Index()
    for number in range(EARLIER_TEXTS):
        index.add(str(number), made_up())
    asked = [made_up() for _ in range(300)]
    times = [cpu_ms(partial(index.nearest, text)) for text in asked]
    return sum(times) / len(times), max(times)


def main() -> None:
    """Print all measures."""
    profile = load_profile("haimen")
    lexicon = lexicon_of(profile)
    bare = [replace(row, signals=(), words=()) for row in lexicon.categories]
    for name, categories in (("phrases and words", lexicon.categories), ("phrases alone", bare)):
        first, three = cross_validated(categories, seed=1)
        print(f"{FOLDS}-fold, {name}: first {first:.1%}, first three {three:.1%}")
    print(f"training: {cpu_ms(lambda: train(lexicon)):.0f} ms CPU")
    model = train(lexicon)
    office_names = {office.code: office.zh for office in profile.offices}
    for name in EXAMPLES:
        print(name, agreement(name, model, office_names))
    for name in GROUPS:
        print(
            name, "pairs: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*grouped(name, model))
        )
    texts = [phrase for row in lexicon.categories for phrase in row.phrases]
    each = cpu_ms(lambda: [read_need(text, model) for text in texts]) / len(texts)
    print(f"reading: {each:.2f} ms CPU a text")
    longest = cpu_ms(lambda: read_need("，".join(texts)[:20_000], model))
    print(f"reading 20,000 characters: {longest:.0f} ms CPU")
    mean, most = index_ms(lexicon, seed=1)
    print(f"question to {EARLIER_TEXTS:,} texts: mean {mean:.2f} ms, most {most:.2f} ms CPU")


if __name__ == "__main__":
    main()
