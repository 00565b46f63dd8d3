"""What the reading of a text proposes, as the clerk sees it: answers, why, a key for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shuniu.profiles.schema import Profile
from shuniu.zone.desk import forms
from shuniu.zone.desk.choices import Step, Urgency
from shuniu.zone.desk.models import Case

PRESSING = frozenset({Urgency.CRITICAL, Urgency.HIGH})


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that one key takes, with the fields that its form sends."""

    key: int
    label: str
    step: Step
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is proposed.

    Attributes
    ----------
    words
        The words of the text that spoke for the category.
    lifted_by
        The words that make it urgent; empty where it is not.
    choices
        What one key does here and now; empty where the person may not.
    """

    category: str
    unit: str
    urgency: str
    is_sure: bool
    pieces: tuple[tuple[str, bool], ...]
    words: tuple[str, ...]
    lifted_by: tuple[str, ...]
    choices: tuple[Choice, ...]


def suggestion_of(
    case: Case, profile: Profile, language: str, steps: dict[Step, forms.StepForm]
) -> Suggested | None:
    """Return what was proposed for a case, in the words of the profile; None if it was not read."""
    found = case.suggestion
    if "category" not in found or "pieces" not in found:
        return None
    quoted: dict[str, list[str]] = found.get("words", {})
    pressing = found["urgency"] in PRESSING
    return Suggested(
        category=profile.category(found["category"]).label(language),
        unit=profile.office(found["unit_code"]).label(language),
        urgency=str(Urgency(found["urgency"]).label),
        is_sure=found["is_sure"],
        pieces=tuple((text, marked) for text, marked in found["pieces"]),
        words=tuple(quoted.get("category", ())),
        lifted_by=tuple(quoted.get("urgency", ())) if pressing else (),
        choices=_accepts(found, profile, language)
        if Step.ACCEPT in steps
        else _dispatches(steps, language),
    )


def _accepts(found: dict[str, Any], profile: Profile, language: str) -> tuple[Choice, ...]:
    known = {category.code for category in profile.categories}
    return tuple(
        Choice(
            key,
            profile.category(code).label(language),
            Step.ACCEPT,
            (("category", code), ("urgency", found["urgency"])),
        )
        for key, code in enumerate((code for code in found["top3"] if code in known), start=1)
    )


def _dispatches(steps: dict[Step, forms.StepForm], language: str) -> tuple[Choice, ...]:
    form = steps.get(Step.DISPATCH)
    unit = form.fields["unit"].initial if form is not None else None
    if unit is None:
        return ()
    label = unit.zh if language.startswith("zh") else unit.en
    return (Choice(1, label, Step.DISPATCH, (("unit", str(unit.pk)),)),)
