"""What a clerk changed in an issue since it was put together, old and new, by section."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.briefings.channels import Briefing, Section, restored
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.showing import told_now

SECTIONS: dict[Section, Promise] = {
    Section.FIGURES: pgettext_lazy("section", "Figures"),
    Section.CATEGORIES: pgettext_lazy("section", "By category"),
    Section.LATE: pgettext_lazy("section", "Overdue needs"),
    Section.HANGS: pgettext_lazy("section", "Supervised items"),
    Section.NOTABLE: pgettext_lazy("section", "Notable needs"),
    Section.COMMON: pgettext_lazy("section", "Common needs"),
    Section.OPERATIONS: pgettext_lazy("section", "Operating numbers"),
    Section.PRACTICES: pgettext_lazy("section", "Good practice"),
    Section.INSTRUCTIONS: pgettext_lazy("section", "Instructions of leaders"),
    Section.CLOSING: pgettext_lazy("section", "Further remarks"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of an issue as it was put together, and as it stands now; empty where nothing is."""

    label: str
    before: str
    after: str


def changes_of(issue: Issue) -> tuple[Changed, ...]:
    """Return what is different from the draft, in the order of the paper."""
    was, now = (told_now(restored(content)) for content in (issue.composed, issue.content))
    pairs = [
        (pgettext_lazy("briefing", "Title"), was.title, now.title),
        (_("Lead"), was.summary, now.summary),
        (_("Notable needs to tell"), _told(was), _told(now)),
        *(
            (label, was.notes.get(section, ""), now.notes.get(section, ""))
            for section, label in SECTIONS.items()
        ),
    ]
    return tuple(
        Changed(str(label), before, after) for label, before, after in pairs if before != after
    )


def _told(briefing: Briefing) -> str:
    return "\n".join(f"{item.number} {item.enterprise}" for item in briefing.notable)
