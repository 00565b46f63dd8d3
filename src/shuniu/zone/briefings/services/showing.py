"""What of an issue may be shown today: a case may have become confidential since."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from shuniu.zone.briefings.channels import Briefing, HangSheet, Imprint, Item
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services import sections
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.choices import PURGED_TEXT, Sensitivity


def told_now(briefing: Briefing) -> Briefing:
    """Return the briefing without what must not be told any more.

    A case that became confidential loses name and words, a restricted one everything, and one
    whose words were deleted has none here either. Nothing is ever told again.
    """
    hangs = briefing.hangs.told if briefing.hangs else ()
    cases = [item.case_id for item in briefing.items] + [item.case_id for item in hangs]
    cases += [line.case_id for line in briefing.instructions]
    known = desk.cases_told(cases)
    with translation.override(briefing.language):
        return replace(
            briefing,
            late=tuple(_told(item, known) for item in briefing.late),
            notable=tuple(_told(item, known) for item in briefing.notable),
            more_notable=tuple(_told(item, known) for item in briefing.more_notable),
            practices=tuple(_told(item, known) for item in briefing.practices),
            hangs=_hangs_told(briefing.hangs, known),
            instructions=tuple(
                line
                if sections.may_be_told(line.case_id, known)
                else replace(line, words=_("The words are kept confidential."))
                for line in briefing.instructions
            ),
        )


def _hangs_told(sheet: HangSheet | None, known: dict[int, tuple[str, bool]]) -> HangSheet | None:
    """Return the supervised items without the promises over cases that are confidential now."""
    if sheet is None:
        return None
    hidden = _("The words are kept confidential.")
    told = tuple(
        item if sections.may_be_told(item.case_id, known) else replace(item, promise=hidden)
        for item in sheet.told
    )
    return replace(sheet, told=told)


def _told(item: Item, known: dict[int, tuple[str, bool]]) -> Item:
    sensitivity, is_purged = known.get(item.case_id, (Sensitivity.RESTRICTED, True))
    if sensitivity == Sensitivity.RESTRICTED:
        return replace(
            item,
            number="—",
            category=_("not told"),
            unit="—",
            enterprise=_("an enterprise"),
            text=_("The words are kept confidential."),
            is_named=False,
        )
    if sensitivity != Sensitivity.NORMAL and item.is_named:
        return replace(
            item,
            enterprise=_("an enterprise"),
            text=_("The words are kept confidential."),
            is_named=False,
        )
    if is_purged and item.is_named:
        return replace(item, text=str(PURGED_TEXT))
    return item


def imprint_of(issue: Issue) -> Imprint:
    """Return number, mark and signer; called while the language of the issue is active."""
    corrected = issue.corrects
    return Imprint(
        number=issue.number_words,
        mark=_mark(issue),
        signer=issue.signed_by.name if issue.signed_by else "",
        correction=_("This issue stands for %(number)s of the same day, which was withdrawn.")
        % {"number": corrected.number_words}
        if corrected
        else "",
    )


def _mark(issue: Issue) -> str:
    if issue.is_published:
        return ""
    if issue.is_withdrawn:
        return _("Withdrawn")
    return _("Signed, not published yet") if issue.is_signed else _("Draft, not for circulation")
