"""What the engine of needs is taught, made from a zone profile."""

from __future__ import annotations

from shuniu.engines.extraction.lexicon import (
    Category,
    Lexicon,
    Office,
    RoutingRule,
    UrgencyWords,
)
from shuniu.profiles.schema import Profile


def lexicon_of(profile: Profile) -> Lexicon:
    """Return the lexicon that ``profile`` writes."""
    return Lexicon(
        categories=tuple(
            Category(
                code=category.code,
                unit=category.unit,
                names=(
                    category.zh,
                    category.en,
                    category.description,
                    *(part.zh for part in category.subcategories),
                ),
                phrases=category.phrases,
                signals=category.signals,
                words=category.words,
            )
            for category in profile.categories
        ),
        offices=tuple(
            Office(office.code, (office.zh, *office.aliases)) for office in profile.offices
        ),
        routing=tuple(
            RoutingRule(rule.words, rule.unit, rule.category) for rule in profile.routing
        ),
        urgency=UrgencyWords(
            critical=profile.urgency.critical,
            high=profile.urgency.high,
            low=profile.urgency.low,
            not_when=profile.urgency.not_when,
        ),
        conflict_unit=profile.handling.conflict_unit,
    )
