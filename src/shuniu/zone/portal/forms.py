"""Shape of what people ask for and what the security administrator writes.

Sense is judged by the commands.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.portal.choices import FileForm
from shuniu.zone.portal.models import DataIncident
from shuniu.zone.portal.services.incidents import IncidentReport

MOST_CHARACTERS = 4_000
LONGEST_QUERY = 4_000
MOMENT = "%Y-%m-%dT%H:%M"


class WordsField(forms.CharField):
    """Words in several lines; a NUL, which no database takes, is left out."""

    def __init__(self, label: Any, *, help_text: Any = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def to_python(self, value: Any) -> str:
        kept = value.replace("\x00", "") if isinstance(value, str) else value
        return super().to_python(kept) or ""


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """Return a field for a moment in the zone's time."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )


class IncidentForm(forms.Form):
    """A breach as PIPL 57 asks for it: kinds and numbers, no names."""

    title = forms.CharField(
        label=_("In a few words"),
        max_length=80,
        help_text=_("Names of persons do not belong here."),
    )
    noticed_at = moment_field(_("Noticed"))
    happened = WordsField(
        _("What happened, and why"),
        help_text=_("Leak, change or loss; since when; how it came about."),
    )
    data_kinds = WordsField(
        _("Which kinds of data"),
        help_text=_("For example: names and telephone numbers of contacts, words of cases."),
    )
    people = forms.IntegerField(
        label=_("How many persons"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        help_text=_("Leave it empty while nobody knows."),
    )
    consequences = WordsField(
        _("What may come of it"), help_text=_("Harm that the persons may suffer.")
    )
    measures = WordsField(
        _("Measures taken, and what persons can do themselves"),
        required=False,
        help_text=_("Can be filled in later; it is needed before the entry is settled."),
    )

    @classmethod
    def of(cls, incident: DataIncident) -> IncidentForm:
        """Return the form filled in with an entry."""
        return cls(initial={name: getattr(incident, name) for name in cls.base_fields})

    def report(self) -> IncidentReport:
        """Return what was written."""
        return IncidentReport(**self.cleaned_data)


class ToldForm(forms.Form):
    told_at = moment_field(_("Told"))


class NotToldForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the persons need not be told"),
        max_length=500,
        help_text=_("PIPL 57: only where the measures effectively prevent harm."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, as the person will read it"),
        max_length=500,
        help_text=_("PIPL 50: whoever is refused has a right to the reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExportForm(forms.Form):
    """Which list is wanted as which file."""

    query = forms.CharField(required=False, max_length=LONGEST_QUERY)
    form = forms.ChoiceField(choices=FileForm.choices)
