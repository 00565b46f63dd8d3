"""Shape of what is asked for at the counters. Sense is judged by the commands."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.hall.choices import KeyKind, TicketStep
from shuniu.zone.hall.forms.items import WordsField
from shuniu.zone.registry.queries import enterprise_named, profile_in_force

MOST_WINDOWS = 99
OFFERS_ENTERPRISES = {
    "autocomplete": "off",
    "hx-get": reverse_lazy("registry:enterprise-suggest"),
    "hx-target": "#enterprise-offers",
    "hx-trigger": "input changed delay:150ms",
    "hx-sync": "this:replace",
    "role": "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": "enterprise-offers",
}


def _offer_counters(form: forms.Form, language: str) -> None:
    counters = profile_in_force().profile.hall.counters
    choices = [(one.code, f"{one.letter} {one.label(language)}") for one in counters]
    cast("forms.ChoiceField", form.fields["counter"]).choices = choices


class CounterForm(forms.Form):
    """A counter, in the words of the profile."""

    counter = forms.ChoiceField(label=_("Counter"), choices=[])

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_counters(self, language)


class TicketForm(CounterForm):
    """A ticket, perhaps of an enterprise that the clerk knows."""

    slip = forms.UUIDField(widget=forms.HiddenInput)
    firm = forms.CharField(
        label=_("Enterprise"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=OFFERS_ENTERPRISES),
        help_text=_("Then its people see the ticket on their own page. A visitor needs none."),
    )

    def clean_firm(self) -> Any:
        name = self.cleaned_data["firm"].replace("\x00", "").strip()
        if not name:
            return None
        found = enterprise_named(name)
        if found is None:
            raise forms.ValidationError(
                _("No enterprise is called “%(name)s”. Please choose one that is offered."),
                params={"name": name},
            )
        return found


class CallForm(CounterForm):
    """Who is called next, and where to."""

    window = forms.IntegerField(label=_("Window"), min_value=1, max_value=MOST_WINDOWS)


class StepForm(forms.Form):
    """What a step of a ticket needs; its fields are the arguments of the command."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:  # noqa: ARG002  # of all steps
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AgainForm(StepForm):
    window = forms.IntegerField(label=_("Window"), min_value=1, max_value=MOST_WINDOWS)


class MoveForm(StepForm):
    counter = forms.ChoiceField(label=_("Counter"), choices=[])

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        _offer_counters(self, language)


STEP_FORMS: dict[TicketStep, type[StepForm]] = {
    TicketStep.AGAIN: AgainForm,
    TicketStep.DONE: StepForm,
    TicketStep.SKIP: StepForm,
    TicketStep.MOVE: MoveForm,
}


class KeyForm(forms.Form):
    """A device in the hall."""

    device = forms.ChoiceField(label=_("What it is"), choices=KeyKind.choices)
    called = WordsField(
        label=pgettext_lazy("device", "Name"), max_length=40, help_text=_("Where it hangs.")
    )
