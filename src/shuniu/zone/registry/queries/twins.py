"""Which records may be of one firm: told by name, phone number and address."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from shuniu.zone.kernel.fields import plain_form
from shuniu.zone.kernel.models import FactWords
from shuniu.zone.registry.choices import TwinSign
from shuniu.zone.registry.facts import EnterpriseTookOver
from shuniu.zone.registry.models import Contact, Enterprise, Merge
from shuniu.zone.registry.policies import Standing, may_correct_enterprises

MOST_PAIRS = 50
MOST_IN_GROUP = 8  # a number that more firms share is that of a bookkeeper or a landlord
LIKE = 0.6
SHORTEST_ADDRESS = 6
FORMS = re.compile(r"(股份|集团)?(有限)?(责任)?公司$|(合伙企业|分公司|厂|店|部)$")
SIGNS_OUTSIDE_NAMES = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Twins:
    """Two records that may be of one firm, and by what signs."""

    one: Enterprise
    other: Enterprise
    signs: tuple[TwinSign, ...]


def merges_visible_to(who: Standing) -> QuerySet[Merge]:
    """Return the merges that a person may see: all for clerks, else none; the newest first."""
    rows = Merge.objects.select_related("kept", "gone", "merged_by", "undone_by").order_by("-pk")
    return rows if may_correct_enterprises(who) else rows.none()


def merges_into(enterprise: Enterprise) -> QuerySet[Merge]:
    """Return what was merged into a record, the newest first."""
    rows = Merge.objects.filter(kept=enterprise, undone_at=None).select_related("gone")
    return rows.order_by("-pk")


def later_merge(merge: Merge) -> Merge | None:
    """Return a merge that came after this one and holds its records; it is to be undone first."""
    keys = [merge.kept_id, merge.gone_id]
    later = Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys), undone_at=None)
    return later.filter(pk__gt=merge.pk).select_related("kept", "gone").order_by("-pk").first()


def reason_of_merge(merge: Merge) -> str:
    """Return why two records were said to be of one firm; words end one day, merges do not."""
    subject = f"registry.enterprise:{merge.kept_id}"
    told = FactWords.objects.filter(fact__subject=subject, fact__kind=EnterpriseTookOver.kind)
    words = told.filter(fact__data__merge_id=merge.pk).first()
    return str(words.text) if words else ""


def rows_moved(merge: Merge) -> int:
    """Return how many rows a merge let point at the other record."""
    return sum(len(keys) for place, keys in merge.moved.items() if place.endswith("_id"))


def twins_found() -> list[Twins]:
    """Return pairs of records that may be of one firm, the likeliest first."""
    rows = {row.pk: row for row in _standing_records()}
    signs: dict[tuple[int, int], set[TwinSign]] = defaultdict(set)
    for pair in _pairs((plain_name(row.name), row.pk) for row in rows.values()):
        signs[pair].add(TwinSign.NAME)
    for sign, groups in (
        (TwinSign.PHONE, _phones()),
        (TwinSign.ADDRESS, _addresses(rows.values())),
    ):
        for pair in _pairs(groups):
            one, other = (rows.get(key) for key in pair)
            if one and other and (pair in signs or are_alike(one.name, other.name)):
                signs[pair].add(sign)
    found = [Twins(rows[a], rows[b], tuple(sorted(told))) for (a, b), told in signs.items()]
    found.sort(
        key=lambda twins: (TwinSign.NAME not in twins.signs, -len(twins.signs), twins.one.pk)
    )
    return found[:MOST_PAIRS]


def twins_of(enterprise: Enterprise) -> list[Twins]:
    """Return the records that may be of the same firm as this one."""
    phones = Contact.objects.filter(enterprise=enterprise).exclude(phone_index=None)
    shared = set(
        Contact.objects.filter(phone_index__in=phones.values("phone_index"))
        .exclude(enterprise=enterprise)
        .values_list("enterprise_id", flat=True)
    )
    found = []
    for other in _standing_records().exclude(pk=enterprise.pk):
        told = _signs(enterprise, other, has_phone=other.pk in shared)
        if told:
            found.append(Twins(enterprise, other, told))
    return sorted(found, key=_by_likelihood)[:MOST_IN_GROUP]


def _by_likelihood(twins: Twins) -> tuple[bool, int, int]:
    return TwinSign.NAME not in twins.signs, -len(twins.signs), twins.one.pk


def _signs(one: Enterprise, other: Enterprise, *, has_phone: bool) -> tuple[TwinSign, ...]:
    told = []
    if plain_name(one.name) == plain_name(other.name):
        told.append(TwinSign.NAME)
    has_address = bool(_address(one)) and _address(one) == _address(other)
    if (has_phone or has_address) and (told or are_alike(one.name, other.name)):
        told += [TwinSign.PHONE] * has_phone + [TwinSign.ADDRESS] * has_address
    return tuple(sorted(told))


def plain_name(name: str) -> str:
    """Return a name without width, case, signs and legal form: what two spellings share."""
    letters = SIGNS_OUTSIDE_NAMES.sub("", unicodedata.normalize("NFKC", name).casefold())
    return FORMS.sub("", letters) or letters


def are_alike(one: str, other: str) -> bool:
    """Return whether one name is part of the other, or most of their characters agree."""
    a, b = plain_name(one), plain_name(other)
    return a in b or b in a or SequenceMatcher(None, a, b).ratio() >= LIKE


def _standing_records() -> QuerySet[Enterprise]:
    rows = Enterprise.objects.filter(merged_into=None).order_by("pk")
    return rows.only("name", "short_name", "credit_code", "address", "merged_into")


def _phones() -> Iterator[tuple[str, int]]:
    known = Contact.objects.exclude(phone_index=None).filter(enterprise__merged_into=None)
    yield from known.order_by().values_list("phone_index", "enterprise_id").distinct()  # type: ignore[misc]  # rows without an index are left out


def _addresses(rows: Iterable[Enterprise]) -> Iterator[tuple[str, int]]:
    for row in rows:
        if address := _address(row):
            yield address, row.pk


def _address(row: Enterprise) -> str:
    """Return an address in one form; nothing for one that is too short to tell anybody apart."""
    address = plain_form(row.address)
    return address if len(address) >= SHORTEST_ADDRESS else ""


def _pairs(known: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a word, smaller key first."""
    groups: dict[str, set[int]] = defaultdict(set)
    for word, key in known:
        groups[word].add(key)
    for group in groups.values():
        keys = sorted(group)
        if 1 < len(keys) <= MOST_IN_GROUP:
            yield from ((a, b) for place, a in enumerate(keys) for b in keys[place + 1 :])
