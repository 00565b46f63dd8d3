"""What a clerk writes in an issue, and what a leader says about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.briefings.channels import Briefing, Item, Section
from shuniu.zone.briefings.services import MOST_NOTABLE, Edits

LABELS = {
    Section.FIGURES: _("Words under the figures"),
    Section.CATEGORIES: _("Words under the table by category"),
    Section.LATE: _("Words under the overdue needs"),
    Section.HANGS: _("Words under the supervised items"),
    Section.NOTABLE: _("Words under the notable needs"),
    Section.COMMON: _("Words under the common needs"),
    Section.OPERATIONS: _("Words under the operating numbers"),
    Section.PRACTICES: _("Good practice: who did what, and what came of it"),
    Section.CLOSING: _("Further remarks, a section of their own"),
}
LONGEST_TITLE, LONGEST_LEAD, LONGEST_NOTE = 120, 1000, 2000


class SeenForm(forms.Form):
    """Which version of the issue the page showed."""

    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    @property
    def version(self) -> int:
        """Return the version; one that nobody can have seen if it makes no sense."""
        return self.cleaned_data["seen"] if self.is_valid() else 0


class ReasonForm(SeenForm):
    """Why a leader sends an issue back or withdraws it."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(SeenForm):
    """The words of a draft."""

    title = forms.CharField(
        label=pgettext_lazy("briefing", "Title"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("Stands above the text; may stay empty."),
    )
    summary = forms.CharField(
        label=_("Lead"),
        max_length=LONGEST_LEAD,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The day in one sentence or two."),
    )

    def __init__(self, briefing: Briefing, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offered = sorted((*briefing.notable, *briefing.more_notable), key=lambda item: item.rank)
        self.fields["told"] = forms.TypedMultipleChoiceField(
            label=_("Notable needs to tell"),
            required=False,
            coerce=int,
            choices=[(item.case_id, _offer(item)) for item in offered],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("At most five. Confidential ones stay without name and words."),
        )
        for section, label in LABELS.items():
            self.fields[section.value] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean_told(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["told"]
        if len(chosen) > MOST_NOTABLE:
            raise forms.ValidationError(
                _("At most %(most)s needs are told as notable. Please leave some out."),
                params={"most": MOST_NOTABLE},
            )
        return chosen

    @property
    def notes(self) -> list[forms.BoundField]:
        """Return the fields of the sections."""
        return [self[section.value] for section in LABELS]

    @property
    def has_offers(self) -> bool:
        return bool(self.fields["told"].choices)  # type: ignore[attr-defined]  # it has choices

    def edits(self) -> Edits:
        """Return what was written."""
        given = self.cleaned_data
        return Edits(
            title=" ".join(given["title"].split()),
            summary=given["summary"],
            notes={section: given[section.value] for section in LABELS},
            notable=frozenset(given["told"]),
        )


def _offer(item: Item) -> str:
    return f"{item.urgency} · {item.number} · {item.enterprise} · {item.text}"


def words_of(briefing: Briefing, version: int) -> dict[str, object]:
    """Return what stands in the form when it is opened."""
    return {
        "seen": version,
        "title": briefing.title,
        "summary": briefing.summary,
        "told": [item.case_id for item in briefing.notable],
        **{section.value: briefing.notes.get(section, "") for section in LABELS},
    }
