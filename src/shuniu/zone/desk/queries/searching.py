"""Finding cases by words: ranked, with what was cut apart and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from shuniu.zone.desk.choices import UNSEARCHED_NOTES, CasePart, NoteKind
from shuniu.zone.desk.models import Attachment, Case, CaseWords, Note
from shuniu.zone.desk.queries.rows import cases_visible_to
from shuniu.zone.desk.queries.words import marks_for
from shuniu.zone.kernel.search import (
    Found,
    Piece,
    Query,
    cuts_of,
    excerpt,
    folded,
    is_any,
    marked,
    newest_key,
    newest_keys,
    slips_of,
    stands_in,
)
from shuniu.zone.registry.queries import Standing

MOST_TRIED = 12
TOGETHER = 3
MOST_MEANT = 3
FEW = 400
ATTACHED = "FILE"
# What a hit shows of its case: the rest, half of it words and lists, would be read for nothing.
SHOWN = ("number", "text", "location_note", "state", "submitted_at", "enterprise__name")


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found, with the place in it where the words stand, in pieces."""

    case: Case
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    where: str


@dataclass(frozen=True, slots=True)
class CaseHits:
    """What was found for a question, the best first.

    Attributes
    ----------
    query
        What was found in the end.
    cut
        The parts that a long word was cut into because nothing has it in one piece.
    meant
        Other words that would find something, when nothing was found.
    """

    cases: tuple[FoundCase, ...]
    query: Query
    is_more: bool = False
    cut: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


def search(who: Standing, text: str, *, limit: int) -> CaseHits:
    """Return the cases with all words of a text: in their heading first, then anywhere.

    Within each the newest stand first. What nobody wrote in one piece is looked for in parts; what
    is not found even so may be a slip of the hand.
    """
    query = Query.read(text)
    finder = _finder_of(who)
    keys = finder.keys(query, limit + 1) if query else []
    cut: tuple[str, ...] = ()
    if query and not keys:
        query, cut = _in_parts(finder, query)
        keys = finder.keys(query, limit + 1) if cut else []
    if not keys:
        return CaseHits((), query, meant=tuple(_meant(finder, query)))
    cases = tuple(_shown(who, keys[:limit], query))
    return CaseHits(cases, query, is_more=len(keys) > limit, cut=cut)


class Finder(Protocol):
    """What somebody may find: the parts of a case, and of which cases."""

    def has(self, query: Query) -> bool:
        """Return whether anything is found."""

    def keys(self, query: Query, limit: int) -> list[int]:
        """Return the keys of the cases found, those with all words in the heading first."""


def _finder_of(who: Standing) -> Finder:
    """Return what a person may find.

    Staff, who see much, are asked about from the side of the words: both databases walk through
    what is found and stop where the page is full. An enterprise has few cases, and to read their
    words is cheaper than to ask the index about each.
    """
    visible = cases_visible_to(who).order_by()
    if not who.is_staff:
        keys = list(visible.values_list("pk", flat=True)[: FEW + 1])
        if len(keys) <= FEW:
            words = CaseWords.objects.filter(pk__in=keys).order_by("-pk")
            return FinderInRows(marks_for(who), dict(words.values_list("pk", "words")))
    seen = Q(Exists(visible.filter(pk=OuterRef("pk"))))
    return FinderInIndex(marks_for(who), seen, newest_key(CaseWords))


@dataclass(frozen=True, slots=True)
class FinderInRows:
    """Looks into a few rows: ``words`` by the key of the case, the newest first."""

    marks: str
    words: dict[int, str]

    def has(self, query: Query) -> bool:
        """Return whether anything is found."""
        return any(stands_in(words, query, self.marks) for words in self.words.values())

    def keys(self, query: Query, limit: int) -> list[int]:
        """Return the keys of the cases found, those with all words in the heading first."""
        found = [key for key, words in self.words.items() if stands_in(words, query, self.marks)]
        heading = CasePart.HEADING
        return sorted(found, key=lambda key: not stands_in(self.words[key], query, heading))[:limit]


@dataclass(frozen=True, slots=True)
class FinderInIndex:
    """Asks the index, for cases that are seen; ``newest`` is the key of the newest row."""

    marks: str
    seen: Q
    newest: int

    def has(self, query: Query) -> bool:
        """Return whether anything is found."""
        return is_any(self._rows(), Found(query, self.marks), newest=self.newest)

    def keys(self, query: Query, limit: int) -> list[int]:
        """Return the keys of the cases found, those with all words in the heading first."""
        heading = self._rows().filter(Found(query, CasePart.HEADING)).order_by("-pk")
        first = list(heading.values_list("pk", flat=True)[:limit])
        if len(first) == limit:
            return first
        others = newest_keys(
            self._rows(),
            Found(query, self.marks),
            limit + len(first),
            newest=self.newest,
            is_one_pair=query.is_one_pair,
        )
        return [*first, *islice((key for key in others if key not in first), limit - len(first))]

    def _rows(self) -> QuerySet[CaseWords]:
        return CaseWords.objects.filter(self.seen)


def _in_parts(finder: Finder, query: Query) -> tuple[Query, tuple[str, ...]]:
    """Return the query with a long word in as few parts as are found, and these parts."""
    for run in query.runs:
        for ways in cuts_of(run).values():
            together = query.replacing(run, ways)
            if finder.has(together):
                hits = [way for way in ways if finder.has(query.replacing(run, [way]))]
                return query.replacing(run, hits), hits[0]
    return query, ()


def _meant(finder: Finder, query: Query) -> Iterator[str]:
    """Yield what would be found with one character put right, the likeliest first."""
    missing = [run for run in query.runs if not finder.has(Query(((run,),)))]
    if len(missing) != 1:
        return
    wrong = missing[0]
    told: list[str] = []
    for slip in _found_slips(finder, query, wrong, [*islice(slips_of(wrong), MOST_TRIED)]):
        if not any(slip in longer for longer in told):
            told.append(slip)
            yield " ".join(slip if run == wrong else run for run in query.runs)
        if len(told) == MOST_MEANT:
            return


def _found_slips(finder: Finder, query: Query, wrong: str, slips: Sequence[str]) -> Iterator[str]:
    """Yield those of some words with which something is found.

    Three are asked for at once: most words that could be meant stand nowhere.
    """
    for first in range(0, len(slips), TOGETHER):
        some = slips[first : first + TOGETHER]
        if finder.has(query.replacing(wrong, [(slip,) for slip in some])):
            yield from (s for s in some if finder.has(query.replacing(wrong, [(s,)])))


def _shown(who: Standing, keys: Sequence[int], query: Query) -> Iterator[FoundCase]:
    """Yield the cases of these keys in their order, with the words where they stand."""
    seen = cases_visible_to(who).select_related(None).select_related("enterprise")
    cases = seen.only(*SHOWN).in_bulk(keys)
    places: dict[int, list[tuple[str, str]]] = {
        key: [(case.text, ""), (case.location_note, "")] for key, case in cases.items()
    }
    notes = Note.objects.filter(case__in=keys).exclude(kind__in=UNSEARCHED_NOTES).order_by("pk")
    if not who.is_staff:
        notes = notes.filter(is_public=True)
    for key, text, kind in notes.values_list("case_id", "text", "kind"):
        places[key].append((text, kind))
    files = Attachment.objects.filter(case__in=keys).exclude(path="").order_by("pk")
    for key, name in files.values_list("case_id", "name"):
        places[key].append((name, ATTACHED))
    for key in keys:
        text, kind = max(places[key], key=lambda place: _hits(place[0], query))
        heading = f"{cases[key].number} · {cases[key].enterprise.name}"
        yield FoundCase(
            case=cases[key],
            heading=tuple(marked(heading, query)),
            text=tuple(excerpt(text, query)),
            where=_named(kind),
        )


def _named(kind: str) -> str:
    if kind == ATTACHED:
        return gettext("attached file")
    return str(NoteKind(kind).label) if kind else ""


def _hits(text: str, query: Query) -> int:
    plain = folded(text)
    return sum(run in plain for run in query.runs)
