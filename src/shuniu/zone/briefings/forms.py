"""What a clerk writes in an issue, and what a leader says about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.briefings.channels import Briefing, Item, Section
from shuniu.zone.briefings.services import MOST_NOTABLE, Edits, Topic
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.registry.queries import no_offices

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

LABELS = {
    Section.FIGURES: _("Words under the figures"),
    Section.CATEGORIES: _("Words under the table by category"),
    Section.LATE: _("Words under the overdue needs"),
    Section.HANGS: _("Words under the supervised items"),
    Section.NOTABLE: _("Words under the notable needs"),
    Section.COMMON: _("Words under the common needs"),
    Section.OPERATIONS: _("Words under the operating numbers"),
    Section.PRACTICES: _("Good practice: who did what, and what came of it"),
    Section.INSTRUCTIONS: _("Words under the instructions of leaders"),
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


class UnitField(_ModelChoiceField):
    """A unit, by its name in the language of the page."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


class PersonField(_ModelChoiceField):
    """A person with the units that tell apart people of one name."""

    def label_from_instance(self, obj: User) -> str:
        units = "、".join(post.office.zh for post in obj.posts.all())
        return f"{obj.name}（{units}）" if units else obj.name


class InstructionForm(forms.Form):
    """What a leader wants done, by whom and until when."""

    about = forms.ChoiceField(label=pgettext_lazy("instruction", "About"), required=False)
    words = forms.CharField(
        label=_("What shall be done"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = UnitField(
        label=pgettext_lazy("hang", "Owner unit"),
        queryset=no_offices(),
        empty_label=_("Please choose a unit"),
    )
    responsible = PersonField(
        label=_("Responsible person"),
        queryset=User.objects.none(),
        empty_label=_("Please choose a person"),
    )
    promised_on = forms.DateField(
        label=_("To be done by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    supervisor = PersonField(
        label=_("Looked after by"),
        queryset=User.objects.none(),
        empty_label=_("Please choose a supervisor"),
    )

    def __init__(self, topics: Sequence[Topic], *given: Any, language: str, **named: Any) -> None:
        super().__init__(*given, **named)
        cast("forms.ChoiceField", self.fields["about"]).choices = [
            ("", _("the whole issue")),
            *((topic.key, topic.title) for topic in topics),
        ]
        unit = cast("UnitField", self.fields["unit"])
        unit.language, unit.queryset = language, hangs.units_to_choose()
        for name, role in (("responsible", Role.UNIT_HANDLER), ("supervisor", Role.SUPERVISOR)):
            people = cast("UnitField", self.fields[name])
            people.queryset = hangs.people_to_choose(role)


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
