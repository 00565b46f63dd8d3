"""Finding enterprises by name, part of a name, pinyin, code and goods."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from shuniu.zone.kernel.search import (
    Found,
    Query,
    begun,
    cuts_of,
    is_any,
    newest_key,
    newest_keys,
    runs_of,
    stands_in,
    tokens_of,
)
from shuniu.zone.registry.choices import EnterprisePart
from shuniu.zone.registry.credit_code import (
    LENGTH,
    LOOKS_LIKE,
    credit_code_problem,
    normal_code,
)
from shuniu.zone.registry.models import Enterprise, EnterpriseWords
from shuniu.zone.registry.policies import Standing
from shuniu.zone.registry.queries.zone import enterprises_visible_to

P = EnterprisePart
EVERY_PART = "".join(P)
SHORTEST_CODE, LONGEST_CODE, FEWEST_DIGITS = 15, 20, 6
MOST_MEANT = 3
FEWEST_OF_SOUND = 2  # one letter or digit is in every other enterprise


def enterprises_found(who: Standing, text: str, *, limit: int) -> list[Enterprise]:
    """Return the enterprises that somebody may see and means, the best first, at most ``limit``.

    The name begins with it; then name or short name have it; then their pinyin initials, the whole
    pinyin, the credit code, what is made and needed. Within each the youngest record stands first.
    A name that nobody has in one piece is looked for in parts, as people leave out what lies
    between.
    """
    newest = newest_key(EnterpriseWords)
    keys = _in_one_piece(who, text, limit, newest)
    for query in _in_parts(text):
        keys = keys or _keys(who, Found(query, P.NAME + P.SHORT), limit, newest)
    rows = Enterprise.objects.in_bulk(keys[:limit])
    return [rows[key] for key in keys[:limit]]


def _in_one_piece(who: Standing, text: str, limit: int, newest: int) -> list[int]:
    """Return the keys of those that have every word in one piece, the best first.

    Most questions are of few enterprises or of none. So what the last tier finds, which holds all
    the others unless words are put together, is asked for first and read here; only where more are
    found than fit, the tiers are asked one by one.
    """
    tiers = list(_tiers(text))
    if not tiers:
        return []
    if all(query == tiers[-1][0] for query, _marks in tiers[1:]):
        few = _keys(who, Found(*tiers[-1]), limit + 1, newest)
        if len(few) <= limit:
            return _ranked(few, tiers)
    keys: list[int] = []
    for query, marks in tiers:
        if len(keys) < limit:
            more = _keys(who, Found(query, marks), limit + len(keys), newest)
            keys += [key for key in more if key not in keys]
    return keys


def _ranked(keys: list[int], tiers: list[tuple[Query, str]]) -> list[int]:
    """Return keys, the youngest first, in the order of the first tier that finds each."""
    if len(keys) < 2:
        return keys
    words = dict(EnterpriseWords.objects.filter(pk__in=keys).values_list("pk", "words"))
    last = len(tiers)

    def first_tier(key: int) -> int:
        return next((n for n, tier in enumerate(tiers) if stands_in(words[key], *tier)), last)

    return sorted(keys, key=first_tier)


def _keys(who: Standing, found: Found, limit: int, newest: int) -> list[int]:
    seen = enterprises_visible_to(who).order_by().filter(pk=OuterRef("pk"))
    return newest_keys(EnterpriseWords.objects.filter(Exists(seen)), found, limit, newest=newest)


def _in_parts(text: str) -> Iterator[Query]:
    """Yield the question with a long word in two parts, then in more."""
    query = Query.read(text)
    for run in query.runs:
        for ways in cuts_of(run).values():
            yield query.replacing(run, ways)


def _tiers(text: str) -> Iterator[tuple[Query, str]]:
    """Yield what is asked for, in the order of its worth, with the parts where it counts."""
    query = Query.read(text)
    if not query:
        return
    if start := begun(text):
        yield Query(((start, *query.ways[0][1:]),)), P.NAME
    yield query, P.NAME + P.SHORT
    if all(run.isascii() for run in query.runs):
        together = Query((("".join(query.ways[0]),),))
        if len("".join(query.runs)) < FEWEST_OF_SOUND:
            return
        yield together, P.INITIALS
        yield together, P.SOUND
        yield together, P.CODE
    yield query, P.GOODS
    yield query, EVERY_PART


@dataclass(frozen=True, slots=True)
class CodeHint:
    """What may be wrong with a credit code by which nothing was found, and whose was meant."""

    sentence: str
    meant: tuple[Enterprise, ...]


def code_hint(who: Standing, text: str) -> CodeHint | None:
    """Return a hint for what was typed as a credit code and belongs to nobody; None for a name.

    Letters that no code has are read as the digits that they look like; one wrong, missing or
    additional character is forgiven.
    """
    code = normal_code(text)
    if not (SHORTEST_CODE <= len(code) <= LONGEST_CODE and code.isascii() and code.isalnum()):
        return None
    if sum(symbol.isdecimal() for symbol in code) < FEWEST_DIGITS:
        return None
    read = "".join(LOOKS_LIKE.get(symbol, symbol) for symbol in code)
    seen = enterprises_visible_to(who)
    if seen.filter(credit_code=code).exists():
        return None
    half = LENGTH // 2
    # Whatever is wrong with one character leaves the eight first or the eight last as they are.
    near = seen.filter(
        Q(credit_code__startswith=read[: half - 1]) | Q(credit_code__endswith=read[1 - half :])
    )
    meant = [row for row in near.order_by("credit_code") if _is_slip(read, row.credit_code)]
    return CodeHint(str(credit_code_problem(code)), tuple(meant[:MOST_MEANT]))


def _is_slip(typed: str, code: str) -> bool:
    """Return whether one character wrong, missing, additional or two swapped make one another."""
    if abs(len(typed) - len(code)) > 1:
        return False
    first = next((n for n, (a, b) in enumerate(zip(typed, code)) if a != b), len(code))  # noqa: B905  # of two lengths
    rest, other = typed[first:], code[first:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] in {other[1:], other} or rest == other[1:] or swapped


def with_enterprise_words(text: str) -> Q:
    """Return the condition for enterprises that have all words of a text, in whatever part.

    A name that nobody has in one piece is looked for in parts, as :func:`enterprises_found` does.
    """
    rows = EnterpriseWords.objects.all()
    found = Found(Query.read(text), EVERY_PART)
    for query in _in_parts(text):
        if is_any(rows, found):
            break
        found = Found(query, P.NAME + P.SHORT)
    return Q(pk__in=rows.filter(found).values("pk"))


def words_of_enterprises(keys: Collection[int]) -> dict[int, str]:
    """Return what enterprises are found by, as their table of words holds it.

    A record has also the names and codes of those that were merged into it; these have nothing.
    """
    records = Enterprise.objects.filter(pk__in=keys)
    gone = Enterprise.objects.filter(merged_into__in=keys).order_by("pk")
    same: dict[int, list[Enterprise]] = {}
    for record in gone:
        same.setdefault(record.merged_into_id or 0, []).append(record)
    return {
        record.pk: "" if record.merged_into_id else _words([record, *same.get(record.pk, [])])
        for record in records
    }


def enterprise_keys() -> list[int]:
    """Return the keys of all records."""
    return list(Enterprise.objects.order_by("pk").values_list("pk", flat=True))


def _words(records: list[Enterprise]) -> str:
    parts: dict[str, list[str]] = {part: [] for part in EnterprisePart}
    for record in records:
        name = runs_of(record.name)
        parts[P.NAME] += [begun(record.name), *name[1:]] if name else []
        parts[P.SHORT] += runs_of(record.short_name)
        for text in (record.name, record.short_name):
            sound = sounds_of(text)
            parts[P.INITIALS] += runs_of("".join(syllable[0] for syllable in sound))
            parts[P.SOUND] += runs_of("".join(sound))
        parts[P.CODE] += runs_of(record.credit_code)
        parts[P.GOODS] += runs_of(" ".join(map(str, (*record.products, *record.inputs))))
    return tokens_of({mark: list(dict.fromkeys(runs)) for mark, runs in parts.items()})


@lru_cache(maxsize=1024)
def sounds_of(text: str) -> tuple[str, ...]:
    """Return how a text is read aloud: a syllable for each Chinese character, other runs whole."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # its table is large and only writers need it

    return tuple(s for run in runs_of(text) for s in lazy_pinyin(run, errors="default") if s)
