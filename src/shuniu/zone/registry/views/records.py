"""What the pages about records of enterprises show, in the words of the person who looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.templatetags.part_data import Entry, Tab, Tone
from shuniu.zone.registry import facts, queries, services
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.queries import Change, EnterpriseFilter, Standing, Value, Way

ICONS = {
    facts.EnterpriseRegistered.kind: "plus",
    facts.EnterpriseCorrected.kind: "edit",
    facts.EnterpriseVerified.kind: "check",
    facts.CorrectionAsked.kind: "message-plus",
    facts.CorrectionApproved.kind: "check",
    facts.CorrectionRejected.kind: "x",
    facts.CorrectionWithdrawn.kind: "arrow-back-up",
    facts.EnterpriseTookOver.kind: "link",
    facts.EnterpriseMerged.kind: "link",
    facts.EnterpriseGaveBack.kind: "arrow-back-up",
    facts.EnterpriseSeparated.kind: "arrow-back-up",
    facts.EnterpriseTakenBack.kind: "arrow-back-up",
    facts.SiteAdded.kind: "map-pin",
    facts.SiteCorrected.kind: "edit",
    facts.SiteConfirmed.kind: "check",
    facts.SiteRemoved.kind: "trash",
    facts.MainSiteChosen.kind: "home",
    facts.MemberAdmitted.kind: "user-check",
    facts.MemberAdded.kind: "user",
    facts.MemberRankChanged.kind: "key",
    facts.MemberRemoved.kind: "x",
    facts.ContactAdded.kind: "phone",
    facts.ContactCorrected.kind: "edit",
    facts.ContactConfirmed.kind: "check",
    facts.ContactRemoved.kind: "trash",
}
TONES: dict[str, Tone] = {
    facts.CorrectionAsked.kind: "waiting",
    facts.CorrectionApproved.kind: "done",
    facts.CorrectionRejected.kind: "refused",
    facts.EnterpriseVerified.kind: "done",
}
# Facts of a merged record that the record that stands for it tells too.
TOLD_BY_BOTH = {facts.EnterpriseMerged.kind, facts.EnterpriseSeparated.kind}
OTHER_RECORD = ("gone_id", "kept_id")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """An enterprise as the list shows it."""

    enterprise: Enterprise
    industry: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a record says."""

    label: str
    words: str
    is_code: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in words: what it was, is and shall be.

    ``is_moved`` says that somebody else changed it after it was asked for.
    """

    label: str
    was: str
    now: str
    new: str
    is_moved: bool
    is_code: bool


def lines_of(rows: Iterable[Enterprise], now: datetime) -> list[RecordRow]:
    """Return enterprises as the list shows them."""
    return [
        RecordRow(row, queries.industry_words(row.industry_code), queries.is_unverified(row, now))
        for row in rows
    ]


def record_lines(row: Enterprise) -> list[Line]:
    """Return what a record says; its name stands above."""
    return [
        _line(str(label), field, queries.value_of(row, field))
        for field, label in queries.FIELD_LABELS.items()
        if field != "name"
    ]


def _line(label: str, field: str, value: Value) -> Line:
    is_empty = value is None or value in ("", [])
    return Line(label, queries.words_of_value(field, value), is_code(field), is_empty)


def change_lines(changes: Iterable[Change], row: Enterprise) -> list[ChangeLine]:
    """Return changes in words, beside what the record says now."""
    return [
        ChangeLine(
            label=str(queries.FIELD_LABELS[change.field]),
            was=queries.words_of_value(change.field, change.old),
            now=queries.words_of_value(change.field, queries.value_of(row, change.field)),
            new=queries.words_of_value(change.field, change.new),
            is_moved=queries.value_of(row, change.field) != change.old,
            is_code=is_code(change.field),
        )
        for change in changes
    ]


def is_code(field: str) -> bool:
    return field == "credit_code"


def ways_of(who: Standing, row: Enterprise) -> Sequence[Way]:
    """Return where an enterprise goes on in other parts of the product, each with its number."""
    ways: Callable[[Standing, Enterprise], Sequence[Way]] = import_string(settings.ENTERPRISE_WAYS)
    return ways(who, row)


def numbers_of(who: Standing, row: Enterprise) -> list[Way]:
    """Return how much points at a record."""
    counts = queries.counts_of_record(row)
    return [*ways_of(who, row), *(Way(label, "", number) for label, number in counts)]


def list_url(name: str, wanted: EnterpriseFilter) -> str:
    """Return the address of the list or its file with these filters."""
    return f"{reverse(name)}?{wanted.query}" if wanted.query else reverse(name)


def own_url(name: str, row: Enterprise) -> str:
    """Return the address of an enterprise's own page."""
    return f"{reverse(name)}?{urlencode({'enterprise': row.pk})}"


def to_standing(request: HttpRequest, row: Enterprise) -> HttpResponse:
    """Lead from a merged record to the one that stands for it, and say so."""
    stands = queries.standing_record(row)
    messages.warning(request, str(services.RecordMerged(name=stands.name)))
    return redirect("registry:enterprise", stands.pk)


def tabs_of(wanted: EnterpriseFilter, counts: Mapping[str, int]) -> list[Tab]:
    """Return the states above the list, each with its number."""
    labels = {
        "": _("All"),
        queries.UNVERIFIED: _("Not confirmed for 180 days"),
        queries.NO_CONTACT: _("Without a contact"),
        queries.MERGED: _("Merged"),
    }
    return [
        Tab(
            label=label,
            url=list_url("registry:enterprises", replace(wanted, state=state)),
            is_current=state == wanted.state,
            count=counts[state],
        )
        for state, label in labels.items()
    ]


def history_of(row: Enterprise, *, for_staff: bool) -> list[Entry]:
    """Return what happened to a record, the newest first.

    An enterprise does not read which clerk it was, nor what happened to records merged into its
    own.
    """
    told = queries.facts_of_record(row)
    own = f"registry.enterprise:{row.pk}"
    if for_staff:
        told = [fact for fact in told if fact.subject == own or fact.kind not in TOLD_BY_BOTH]
    else:
        told = [fact for fact in told if fact.subject == own]
    corrections = queries.corrections_told(told)
    others = queries.names_of_records(_others(told, own))
    center = _("Service center")
    staff = queries.staff_among({fact.actor_id for fact in told if fact.actor_id})
    return [
        Entry(
            at=fact.happened_at,
            title=_title(fact, own),
            who=center if not for_staff and fact.actor_id in staff else str(fact.actor or ""),
            text=_text(fact, corrections, others, own),
            icon=ICONS.get(fact.kind, ""),
            tone=TONES.get(fact.kind, "neutral"),
        )
        for fact in told
    ]


def _others(told: Iterable[Fact], own: str) -> set[int]:
    found = {fact.data[key] for fact in told for key in OTHER_RECORD if key in fact.data}
    return found | {_record_of(fact) for fact in told if fact.subject != own}


def _record_of(fact: Fact) -> int:
    return int(fact.subject.rpartition(":")[2])


def _title(fact: Fact, own: str) -> str:
    known = every_fact().get(fact.kind)
    label: str | Promise = known.label if known else fact.kind
    if fact.subject == own:
        return str(label)
    return _("Merged record: %(label)s") % {"label": label}


def _text(
    fact: Fact, corrections: Mapping[str, Correction], others: Mapping[int, str], own: str
) -> str:
    lines = [others[_record_of(fact)]] if fact.subject != own else []
    correction = corrections.get(str(fact.data.get("correction_id", "")))
    if correction is not None:
        lines += [_change_words(change) for change in queries.changes_of(correction)]
        if correction.about_sites:
            lines.append(_("Sites: %(words)s") % {"words": correction.about_sites})
        if fact.kind == facts.CorrectionRejected.kind:
            lines.append(correction.reason)
    elif fact.data.get("fields"):
        lines.append(fields_words(fact.data["fields"]))
    lines += [others[fact.data[key]] for key in OTHER_RECORD if fact.data.get(key) in others]
    return "\n".join(lines)


def fields_words(fields: Iterable[str]) -> str:
    """Return the names of fields in words."""
    known = {**queries.FIELD_LABELS, queries.SITES: _("Sites")}
    return _(", ").join(str(known[field]) for field in fields if field in known)


def _change_words(change: Change) -> str:
    return _("%(field)s: %(old)s → %(new)s") % {
        "field": queries.FIELD_LABELS[change.field],
        "old": queries.words_of_value(change.field, change.old),
        "new": queries.words_of_value(change.field, change.new),
    }
