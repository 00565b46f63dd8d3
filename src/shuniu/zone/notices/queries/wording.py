"""What a notice says, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shuniu.zone.kernel.clock import local
from shuniu.zone.notices.choices import Kinds, NoticeKind
from shuniu.zone.registry.queries import Standing

CHINESE = "zh"
# What stands under the sentence, if the values have it.
DETAILS: Mapping[str, Promise] = {
    "category": pgettext_lazy("case", "Category"),
    "unit": gettext_lazy("Unit"),
    "due": gettext_lazy("Due"),
}
TEST = "notices.test"
CODE = "notices.code"
OWN_KINDS: Kinds = {
    TEST: NoticeKind(
        code=TEST,
        label=gettext_lazy("Test message"),
        sentence=gettext_lazy("This is a test message. It arrived, so this way out works."),
        subject="",
        address="portal:home",
        has_key=False,
    ),
    CODE: NoticeKind(
        code=CODE,
        label=gettext_lazy("Code for an e-mail address"),
        sentence=gettext_lazy(
            "Your code is %(code)s. It holds for half an hour. If you did not ask for it, you need"
            " not do anything."
        ),
        subject="",
        address="notices:preferences",
        has_key=False,
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: one sentence, and lines of a label and a value."""

    sentence: str
    lines: tuple[tuple[str, str], ...] = ()


def kinds() -> Kinds:
    """Return every kind of notice of this product, by its code."""
    found: Kinds = import_string(settings.NOTICE_KINDS)
    return found


def kinds_for(who: Standing) -> dict[str, str]:
    """Return what a person can be told at all: labels by code."""
    return {
        code: str(kind.label)
        for code, kind in kinds().items()
        if not kind.roles or kind.roles & who.roles
    }


def kind_of(code: str) -> NoticeKind | None:
    """Return a kind; None for one that this code does not have: it is older, or newer."""
    return OWN_KINDS.get(code) or kinds().get(code)


def words_of(kind: NoticeKind, values: Mapping[str, str]) -> Words:
    """Return what is said, in the language that is active now."""
    places = spoken(values)
    lines = tuple((str(label), places[name]) for name, label in DETAILS.items() if places.get(name))
    return Words(str(kind.sentence) % _Places(places), lines)


def bare_words(values: Mapping[str, str]) -> Words:
    """Return what is said where nothing may be said but the number."""
    number = str(values.get("number", ""))
    if not number:
        return Words(_("Something is new for you in Shuniu."))
    return Words(_("Case %(number)s: there is something new.") % {"number": number})


def spoken(values: Mapping[str, str]) -> dict[str, str]:
    """Return values in the active language: of ``unit_zh`` and ``unit_en`` one, times in words."""
    ending = "_zh" if (translation.get_language() or "").startswith(CHINESE) else "_en"
    places: dict[str, str] = {}
    for name, value in values.items():
        if name.endswith(ending):
            places[name.removesuffix(ending)] = value
        elif name.endswith("_at"):
            places[name.removesuffix("_at")] = _moment(value)
        elif not name.endswith(("_zh", "_en")):
            places[name] = value
    return places


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text)
    return format_date(local(at), pgettext("format of a moment", "M j, H:i"))


class _Places(dict[str, str]):
    """Places of a sentence; one that older values do not have stays empty."""

    def __missing__(self, name: str) -> str:
        return ""


def path_of(kind: NoticeKind, key: str) -> str:
    """Return the address within the product that a notice opens."""
    return reverse(kind.address, args=[key] if kind.has_key else [])


def link_of(kind: NoticeKind, key: str) -> str:
    """Return the whole address; empty while the product has no public one."""
    return f"{settings.PUBLIC_ADDRESS}{path_of(kind, key)}" if settings.PUBLIC_ADDRESS else ""
