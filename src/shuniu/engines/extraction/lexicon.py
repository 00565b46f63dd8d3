"""What the engine knows of a zone: categories, offices, rules of routing and words of urgency."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shuniu.engines.extraction.plain import plain


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of need.

    Attributes
    ----------
    code
        ``"logistics"``, ``"utility_power"`` …
    unit
        Code of the office that handles it by default.
    names
        Names, description, names of the parts: learned from like phrases.
    phrases
        Needs of this kind as people write them.
    signals
        Words that speak strongly for this kind.
    words
        Words that speak for it together with others.
    """

    code: str
    unit: str
    names: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office by code, with the names that people call it."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Words that send a need to ``unit``; ``category`` None: whatever the need is about."""

    words: tuple[str, ...]
    unit: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class UrgencyWords:
    """The zone's own words of urgency, and words beside which they do not count."""

    critical: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything ``train`` learns from.

    Attributes
    ----------
    categories
        At least one; codes differ. The order breaks ties.
    offices
        Needed only where a text may complain about an office.
    routing
        The first rule that fits decides.
    conflict_unit
        Office code that takes complaints about the natural handler.
    """

    categories: tuple[Category, ...]
    offices: tuple[Office, ...] = ()
    routing: tuple[RoutingRule, ...] = ()
    urgency: UrgencyWords = UrgencyWords()
    conflict_unit: str | None = None


def plain_lexicon(lexicon: Lexicon) -> Lexicon:
    """Return ``lexicon`` with the words of offices, rules and urgency in plain form."""
    return replace(
        lexicon,
        offices=tuple(
            replace(office, names=_plain_words(office.names)) for office in lexicon.offices
        ),
        routing=tuple(replace(rule, words=_plain_words(rule.words)) for rule in lexicon.routing),
        urgency=UrgencyWords(
            critical=_plain_words(lexicon.urgency.critical),
            high=_plain_words(lexicon.urgency.high),
            low=_plain_words(lexicon.urgency.low),
            not_when=_plain_words(lexicon.urgency.not_when),
        ),
    )


def _plain_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(word).text for word in words)
