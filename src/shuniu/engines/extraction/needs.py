"""Reading a need: what it is about, who handles it, how urgent it is, which way it goes.

A plain baseline and meant as one: a nearest-centroid model over character n-grams and a lexicon
for the category, rules for the rest. Every answer carries the words it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.intent import is_heartfelt, is_thanks
from shuniu.engines.extraction.lexicon import Lexicon, plain_lexicon
from shuniu.engines.extraction.plain import READ_CHARACTERS, Plain, Span, plain
from shuniu.engines.extraction.routes import Route, matters, read_route, read_unit
from shuniu.engines.extraction.topics import PieceCounts, TopicModel, train_topics
from shuniu.engines.extraction.urgency import Urgency, read_urgency

# The margin of the first category over the second from which the reading is sure: one good word.
SURE_MARGIN = 2.0
# A part of a text is a matter of its own if this much speaks for its category.
MATTER_SCORE = 2.0
REASONS_SHOWN = 6
# The one category that is told from the others by what a text does, not by what it is about.
PRAISE = "praise"
# Categories that leave the ordinary way; a text that says nothing must not fall into them.
OWN_WAYS = frozenset({"praise", "reopen", "integrity"})


@dataclass(frozen=True, slots=True)
class NeedModel:
    """What ``read_need`` knows: made once by ``train``, then never changed; words in plain form."""

    lexicon: Lexicon
    topics: TopicModel


@dataclass(frozen=True, slots=True)
class NeedReading:
    """What a text says.

    Attributes
    ----------
    category
        Code of the category.
    top3
        The three likeliest codes (fewer if there are fewer categories), likeliest first.
    unit
        Code of the office that handles it.
    category_reasons, unit_reasons, urgency_reasons, route_reasons
        The words that spoke for each answer, in the order of the text. Empty
        where the answer is what holds without special words.
    sure
        Whether the category stands well before the next one.
    """

    category: str
    top3: tuple[str, ...]
    unit: str
    urgency: Urgency
    route: Route
    category_reasons: tuple[Span, ...]
    unit_reasons: tuple[Span, ...]
    urgency_reasons: tuple[Span, ...]
    route_reasons: tuple[Span, ...]
    sure: bool


def train(lexicon: Lexicon, counted: Mapping[str, PieceCounts] | None = None) -> NeedModel:
    """Return the model that knows ``lexicon``, and what was ``counted`` in confirmed cases.

    Raises
    ------
    InvalidProblem
        If there is no category, a code is there twice, or a counted one is unknown.
    """
    return NeedModel(plain_lexicon(lexicon), train_topics(lexicon.categories, counted))


def read_need(text: str, model: NeedModel) -> NeedReading:
    """Return what ``text`` says.

    Raises
    ------
    InvalidProblem
        If the text holds nothing but spaces.
    """
    if not text.strip():
        raise InvalidProblem("text: empty")
    read = plain(text)
    parts = matters(read)
    subjects = [_ranked(model.topics, read.text[start:end]) for start, end in parts]
    second = _second_matter(read, parts, subjects)
    whole = _ranked(model.topics, read.text)
    ranked = _meant(read.text, _led_by(subjects[0], whole) if second is not None else whole)
    ranked = _spoken(read.text, ranked, model.topics)
    category = ranked[0][0]
    urgency = read_urgency(read, category, model.lexicon.urgency)
    unit = read_unit(read, category, model.lexicon)
    route = read_route(
        read, category, urgency.urgency, is_conflict=unit.is_conflict, second_matter=second
    )
    return NeedReading(
        category=category,
        top3=tuple(code for code, _ in ranked[:3]),
        unit=unit.unit,
        urgency=urgency.urgency,
        route=route.route,
        category_reasons=_category_reasons(read, category, model.topics),
        unit_reasons=unit.reasons,
        urgency_reasons=_shown(urgency.reasons),
        route_reasons=_shown(route.reasons),
        sure=len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= SURE_MARGIN,
    )


def _ranked(topics: TopicModel, text: str) -> list[tuple[str, float]]:
    """Return codes with scores, best first; ties in the order of the lexicon."""
    scored = zip(topics.codes, topics.scores(text), strict=True)
    return sorted(scored, key=lambda pair: -pair[1])


def _led_by(
    first: list[tuple[str, float]], whole: list[tuple[str, float]]
) -> list[tuple[str, float]]:
    """Return the ranking of the whole text behind the subject of its first matter."""
    lead = first[0]
    return [lead, *(pair for pair in whole if pair[0] != lead[0])]


def _meant(text: str, ranked: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the ranking with praise first where the text only thanks, and not where it asks."""
    praise = [pair for pair in ranked if pair[0] == PRAISE]
    others = [pair for pair in ranked if pair[0] != PRAISE]
    if not praise or not others:
        return ranked
    if is_thanks(text):
        return [(PRAISE, others[0][1] + SURE_MARGIN), *others]
    if is_heartfelt(text):
        return ranked
    return [others[0], *praise, *others[1:]] if ranked[0][0] == PRAISE else ranked


def _spoken(
    text: str, ranked: list[tuple[str, float]], topics: TopicModel
) -> list[tuple[str, float]]:
    """Return the ranking with a category that goes its own way first only if the text says so."""
    first, others = ranked[0], ranked[1:]
    if first[0] not in OWN_WAYS or not others or first[1] - others[0][1] >= SURE_MARGIN:
        return ranked
    if any(topics.weight_for(hit.word, first[0]) > 0 for hit in topics.hits(text)):
        return ranked
    told = next((pair for pair in others if pair[0] not in OWN_WAYS), None)
    return ranked if told is None else [told, *(pair for pair in ranked if pair is not told)]


def _second_matter(
    text: Plain, parts: tuple[tuple[int, int], ...], subjects: list[list[tuple[str, float]]]
) -> Span | None:
    """Return the part that begins another matter; None if the text tells of one.

    The first part and another must each say by themselves what they are about.
    """
    if len(parts) < 2 or subjects[0][0][1] < MATTER_SCORE:
        return None
    for (start, end), ranked in zip(parts[1:], subjects[1:], strict=True):
        if ranked[0][1] >= MATTER_SCORE:
            return text.span(start, end)
    return None


def _category_reasons(text: Plain, category: str, topics: TopicModel) -> tuple[Span, ...]:
    hits = [
        (topics.weight_for(hit.word, category), hit)
        for hit in topics.hits(text.text[:READ_CHARACTERS])
        if topics.weight_for(hit.word, category) > 0
    ]
    best = sorted(hits, key=lambda pair: (-pair[0], pair[1].start))[:REASONS_SHOWN]
    return tuple(text.span(hit.start, hit.end) for _, hit in sorted(best, key=lambda p: p[1].start))


def _shown(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(dict.fromkeys(spans), key=lambda span: span.from_at))[:REASONS_SHOWN]
