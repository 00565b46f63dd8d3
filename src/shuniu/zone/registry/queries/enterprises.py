"""Questions about enterprises as records: lists, counts, what a record says, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES
from shuniu.zone.accounts.models import Grant
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.credit_code import normal_code
from shuniu.zone.registry.industry import SECTIONS, division_of, section_with
from shuniu.zone.registry.models import (
    Contact,
    Correction,
    Enterprise,
    Membership,
    Merge,
    Place,
    Site,
)
from shuniu.zone.registry.policies import (
    Standing,
    may_administer_enterprise,
    may_correct_enterprises,
    may_see_enterprises,
)
from shuniu.zone.registry.queries.finding import with_enterprise_words
from shuniu.zone.registry.queries.members import own_enterprises
from shuniu.zone.registry.queries.zone import enterprises_visible_to

RIGHT_FOR = timedelta(days=180)
UNVERIFIED, NO_CONTACT, MERGED = "unverified", "no_contact", "merged"
RECORD_STATES = (UNVERIFIED, NO_CONTACT, MERGED)
YES, NO, UNKNOWN = "yes", "no", "unknown"
SCALES = {YES: True, NO: False, UNKNOWN: None}
NOTHING = "–"
INDENT = "\u3000"
SITES = "sites"
MOST_TOLD = 60
LONGEST_KEY = 18  # digits of a number that every database takes

Value = str | bool | int | list[str] | None

# What a record says, in the order of its page.
FIELD_LABELS: Mapping[str, Promise] = {
    "name": pgettext_lazy("enterprise", "Name"),
    "short_name": _("Short name"),
    "credit_code": _("Credit code"),
    "industry_code": _("Industry"),
    "is_above_scale": _("Above scale"),
    "employees": _("Employees"),
    "address": _("Registered address"),
    "scope": _("Business scope"),
    "products": _("Products"),
    "inputs": _("Raw materials and inputs"),
}


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """Which enterprises a list shows; an empty text stands for all.

    Attributes
    ----------
    words
        Part of the name or short name, or of the credit code.
    section
        Letter of an industry section.
    scale
        ``yes``, ``no`` or ``unknown``: above scale, not, or nobody has said.
    place
        Code of a place: what has a site in it or in one of its parts.
    state
        ``unverified`` (nobody said for 180 days that it is right), ``no_contact``, or ``merged``
        (stands for itself no more). Empty for all that stand for themselves.
    """

    words: str = ""
    section: str = ""
    scale: str = ""
    place: str = ""
    state: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> EnterpriseFilter:
        """Return the filter that an address asks for; what makes no sense is left out."""
        texts = {
            f.name: given.get(f.name, "").replace("\x00", "").strip()[:60] for f in fields(cls)
        }
        known = {
            "section": {section.letter for section in SECTIONS},
            "scale": SCALES,
            "state": RECORD_STATES,
        }
        return cls(**{n: text for n, text in texts.items() if n not in known or text in known[n]})

    @property
    def query(self) -> str:
        """Return the filter as the query of an address."""
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a record: what it is, and what it shall be."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Way:
    """Where an enterprise goes on in another part of the product, and how much is there."""

    label: str
    url: str
    count: int


def records_visible_to(who: Standing) -> QuerySet[Enterprise]:
    """Return the records that a person may open: all for staff, for others none."""
    rows = enterprises_visible_to(who).select_related("merged_into")
    return rows if may_see_enterprises(who) else rows.none()


def filtered_enterprises(
    who: Standing, wanted: EnterpriseFilter, now: datetime
) -> QuerySet[Enterprise]:
    """Return the enterprises of a list, by name."""
    rows = records_visible_to(who).filter(_condition(wanted))
    return rows.filter(in_state(wanted.state, now)).order_by("name", "pk")


def enterprise_counts(who: Standing, wanted: EnterpriseFilter, now: datetime) -> dict[str, int]:
    """Return how many enterprises are in each state under the other filters; all: empty key."""
    rows = records_visible_to(who).select_related(None).filter(_condition(wanted)).order_by()
    counted = rows.aggregate(
        all=Count("pk", filter=in_state("", now)),
        **{state: Count("pk", filter=in_state(state, now)) for state in RECORD_STATES},
    )
    return {"" if state == "all" else state: int(number) for state, number in counted.items()}


def in_state(state: str, now: datetime) -> Q:
    """Return the condition of a state, see EnterpriseFilter."""
    stands = Q(merged_into=None)
    if state == MERGED:
        return ~stands
    if state == UNVERIFIED:
        return stands & (Q(verified_at=None) | Q(verified_at__lt=now - RIGHT_FOR))
    if state == NO_CONTACT:
        return stands & ~Q(Exists(Contact.objects.filter(enterprise=OuterRef("pk"))))
    return stands


def is_unverified(enterprise: Enterprise, now: datetime) -> bool:
    """Return whether nobody said for 180 days that a record is right."""
    return enterprise.verified_at is None or enterprise.verified_at < now - RIGHT_FOR


def _condition(wanted: EnterpriseFilter) -> Q:
    found = Q()
    if wanted.words:
        found &= _mentions(wanted.words) | with_enterprise_words(wanted.words)
    if section := section_with(wanted.section):
        found &= Q(
            industry_code__gte=f"{section.first:02}", industry_code__lt=f"{section.last + 1:02}"
        )
    if wanted.scale:
        found &= Q(is_above_scale=SCALES[wanted.scale])
    if wanted.place:
        here = Q(place__code=wanted.place) | Q(place__part_of__code=wanted.place)
        here |= Q(place__part_of__part_of__code=wanted.place)
        found &= Q(Exists(Site.objects.filter(here, enterprise=OuterRef("pk"))))
    return found


def _mentions(words: str) -> Q:
    """Return the records that say all words themselves; merged ones are found by nothing else."""
    found = Q()
    for word in words.split():
        code = normal_code(word)
        has_code = Q(credit_code__contains=code) if code else Q()
        found &= Q(name__icontains=word) | Q(short_name__icontains=word) | has_code
    return found


def without_filters(wanted: EnterpriseFilter) -> EnterpriseFilter:
    """Return the filter that shows all of the same state."""
    return replace(EnterpriseFilter(), state=wanted.state)


def has_filters(wanted: EnterpriseFilter) -> bool:
    return wanted != without_filters(wanted)


def places_to_choose() -> list[tuple[str, str]]:
    """Return code and name of the places that a list can be narrowed to.

    Parts follow what they belong to, set in by a blank of one character's width for each whole.
    """
    parts: dict[int | None, list[Place]] = {}
    rows = list(Place.objects.filter(is_active=True).order_by("code"))
    known = {row.pk for row in rows}
    for row in rows:
        parts.setdefault(row.part_of_id if row.part_of_id in known else None, []).append(row)

    def told(whole: int | None, depth: int) -> Iterator[tuple[str, str]]:
        for row in parts.get(whole, ()):
            yield row.code, f"{INDENT * depth}{row.name}"
            yield from told(row.pk, depth + 1)

    return list(told(None, 0))


def standing_record(enterprise: Enterprise) -> Enterprise:
    """Return the record that stands for this one: itself, or the one that it was merged into."""
    return enterprise.merged_into or enterprise


def records_of_codes(codes: Iterable[str]) -> dict[str, Enterprise]:
    """Return the standing record of each credit code that is known, also as that of a merged one.

    A list that comes from elsewhere may still have the code of a record that was merged.
    """
    rows = Enterprise.objects.filter(credit_code__in=[*codes]).select_related("merged_into")
    return {row.credit_code: standing_record(row) for row in rows}


def value_of(enterprise: Enterprise, field: str) -> Value:
    """Return what a record says, as plain JSON has it."""
    value: Value = getattr(enterprise, field)
    return value


def words_of_value(field: str, value: Value) -> str:
    """Return a value of a record in words, in the language of the reader."""
    if field == "industry_code" and isinstance(value, str):
        return industry_words(value) or NOTHING
    if field == "is_above_scale" and value is None:
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return gettext(", ").join(value) or NOTHING
    return NOTHING if value in {None, ""} else str(value)


def industry_words(code: str) -> str:
    """Return an industry code with the name of its division; nothing for an empty one."""
    division = division_of(code)
    return f"{code} {division.label(get_language() or '')}" if division else code


def changes_between(enterprise: Enterprise, values: Mapping[str, Value]) -> tuple[Change, ...]:
    """Return what would be different if a record said these values."""
    return tuple(
        Change(field, value_of(enterprise, field), values[field])
        for field in FIELD_LABELS
        if field in values and values[field] != value_of(enterprise, field)
    )


def seal_of(enterprise: Enterprise, fields: Iterable[str]) -> str:
    """Return a word that is another one as soon as one of these fields is changed."""
    values = [(field, value_of(enterprise, field)) for field in sorted(fields)]
    return salted_hmac("registry.record", repr(values), algorithm="sha256").hexdigest()[:32]


def corrections_visible_to(who: Standing) -> QuerySet[Correction]:
    """Return the corrections that a person may see: all for clerks, for others their own."""
    rows = Correction.objects.select_related("enterprise", "asked_by", "decided_by")
    if may_correct_enterprises(who):
        return rows
    if may_administer_enterprise(who):
        return rows.filter(enterprise__in=own_enterprises(who).order_by())
    return rows.none()


def corrections_in(who: Standing, state: str) -> QuerySet[Correction]:
    """Return the corrections that enterprises asked for: those that wait by age, else by word."""
    rows = corrections_visible_to(who).exclude(is_of_clerk())
    if state == CorrectionState.WAITING:
        return rows.filter(state=state).order_by("asked_at", "pk")
    if state:
        return rows.filter(state=state).order_by("-decided_at", "pk")
    return rows.order_by("-asked_at", "pk")


def correction_counts(who: Standing) -> dict[str, int]:
    """Return how many corrections are in each state, and all together (empty key)."""
    states = CorrectionState.values
    rows = corrections_visible_to(who).exclude(is_of_clerk()).select_related(None).order_by()
    counted = rows.aggregate(
        all=Count("pk"), **{state: Count("pk", filter=Q(state=state)) for state in states}
    )
    return {"" if state == "all" else state: int(number) for state, number in counted.items()}


def is_of_clerk() -> Q:
    """Return the changes that a clerk wrote at once: nobody had asked for them."""
    return Q(state=CorrectionState.APPROVED, decided_by=F("asked_by"))


def waiting_corrections(who: Standing) -> int:
    """Return how many corrections wait for the center's word."""
    waiting = corrections_visible_to(who).filter(state=CorrectionState.WAITING)
    return waiting.select_related(None).order_by().count()


def waiting_corrections_of(enterprise: Enterprise) -> list[Correction]:
    """Return the corrections of an enterprise that wait, the oldest first.

    There is one at most, or one of each record after two were merged.
    """
    rows = Correction.objects.filter(enterprise=enterprise, state=CorrectionState.WAITING)
    return list(rows.select_related("asked_by").order_by("asked_at", "pk"))


def record_asked_about(correction: Correction) -> Enterprise | None:
    """Return the merged record that a correction was about; None if it was about this one."""
    merges = Merge.objects.filter(kept=correction.enterprise_id, undone_at=None)
    for merge in merges.select_related("gone"):
        if str(correction.pk) in merge.moved.get("registry_correction.enterprise_id", ()):
            return merge.gone
    return None


def fields_of(correction: Correction) -> tuple[str, ...]:
    """Return what a correction is about: fields of the record, and the sites."""
    about = (SITES,) if correction.about_sites else ()
    return (*(change.field for change in changes_of(correction)), *about)


def corrections_of(enterprise: Enterprise) -> QuerySet[Correction]:
    """Return what an enterprise asked for and what became of it, the newest first."""
    rows = Correction.objects.filter(enterprise=enterprise).exclude(is_of_clerk())
    return rows.select_related("asked_by", "decided_by").order_by("-asked_at", "pk")


def changes_of(correction: Correction) -> tuple[Change, ...]:
    """Return what a correction is about, in the order of the record."""
    given = correction.changes
    return tuple(Change(field, *given[field]) for field in FIELD_LABELS if field in given)


def people_of_record(enterprise: Enterprise) -> QuerySet[Membership]:
    """Return who speaks for an enterprise, administrators first."""
    rows = Membership.objects.filter(enterprise=enterprise).select_related("user")
    return rows.order_by("-is_admin", "user__name", "pk")


def facts_of_record(enterprise: Enterprise) -> list[Fact]:
    """Return what happened to a record and to those merged into it, the newest first."""
    merged = Enterprise.objects.filter(merged_into=enterprise).values_list("pk", flat=True)
    subjects = [f"registry.enterprise:{key}" for key in (enterprise.pk, *merged)]
    rows = Fact.objects.filter(subject__in=subjects).select_related("actor")
    return list(rows.order_by("-pk")[:MOST_TOLD])


def corrections_told(facts: Iterable[Fact]) -> dict[str, Correction]:
    """Return the corrections that facts speak of, by their number as a text."""
    keys = {fact.data["correction_id"] for fact in facts if fact.data.get("correction_id")}
    return {str(row.pk): row for row in Correction.objects.filter(pk__in=keys)}


def names_of_records(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of records by their keys."""
    return dict(Enterprise.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def staff_among(user_ids: Iterable[int]) -> set[int]:
    """Return which of these people have a place inside the zone's administration."""
    inside = Grant.objects.filter(user_id__in=[*user_ids]).exclude(role__in=ENTERPRISE_ROLES)
    return set(inside.values_list("user_id", flat=True))


def counts_of_record(enterprise: Enterprise) -> list[tuple[str, int]]:
    """Return how many people, contacts and sites a record has, each with its word."""
    return [
        (gettext("People"), Membership.objects.filter(enterprise=enterprise).count()),
        (gettext("Contacts"), Contact.objects.filter(enterprise=enterprise).count()),
        (gettext("Sites"), Site.objects.filter(enterprise=enterprise).count()),
    ]


def enterprise_choice(who: Standing, key: str) -> list[tuple[str, str]]:
    """Return key and name of the enterprise that a list is narrowed to, if a person may see it."""
    if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
        return []
    named = enterprises_visible_to(who).filter(pk=int(key)).values_list("name", flat=True)
    return [(key, name) for name in named]
