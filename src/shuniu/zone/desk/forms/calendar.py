"""Shape of what people say about the working calendar. Sense is judged by the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.services import MOST_CHARACTERS, PLAIN, TableRow, read_table


def day_input() -> forms.DateInput:
    """Return the field of a browser in which a day is chosen."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """Days of the working calendar that are to be changed: some days, or a whole table."""

    first_on = forms.DateField(label=_("First day"), required=False, widget=day_input())
    last_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=day_input(),
        help_text=_("Leave it empty for one day."),
    )
    kind = forms.ChoiceField(
        label=_("What holds on it"),
        required=False,
        choices=[*HolidayKind.choices, (PLAIN, _("as its weekday says"))],
    )
    name = forms.CharField(label=_("What it is called"), required=False, max_length=60)
    text = forms.CharField(
        label=_("Official table"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One line for each: “2027-02-06 至 2027-02-12 春节”, “2027-02-20 上班”, a sentence of"
            " the official notice, or CSV."
        ),
    )
    year = forms.IntegerField(min_value=2000, max_value=2099, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text", "").strip() and not given.get("first_on"):
            raise forms.ValidationError(_("Please choose a day, or paste a table."))
        return given

    @property
    def is_table(self) -> bool:
        """Return whether a table was given."""
        return bool(self.cleaned_data["text"].strip())

    def rows(self) -> tuple[TableRow, ...]:
        """Return what was asked for, as rows of a table."""
        given = self.cleaned_data
        if self.is_table:
            return read_table(given["text"], year=given["year"])
        last = given["last_on"] or given["first_on"]
        name = given["name"].replace(",", " ").replace('"', " ")
        line = f"{given['first_on']},{last},{given['kind']},{name}"
        return read_table(line, year=given["year"])


class SaveDaysForm(forms.Form):
    """The rows that a person has seen the consequences of, and the calendar that they saw."""

    rows = forms.CharField(max_length=MOST_CHARACTERS, strip=False)
    source = forms.ChoiceField(choices=HolidaySource.choices)
    seen = forms.RegexField(r"^\d{1,18}-\d{1,9}-\d{1,9}$")

    def stamp(self) -> tuple[int, int, int]:
        """Return the stamp of the calendar that was seen."""
        newest, days, off = map(int, self.cleaned_data["seen"].split("-"))
        return newest, days, off
