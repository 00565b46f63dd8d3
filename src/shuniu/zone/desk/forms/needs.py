"""Shape of what people write at first: a need, for themselves or for an enterprise, and files."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.forms.fields import files_field, words_field
from shuniu.zone.registry.queries import (
    Standing,
    enterprise_named,
    enterprises_found,
    enterprises_of,
    no_enterprises,
)

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
MOST_PROPOSED = 5


class NeedForm(forms.Form):
    """A need in one box."""

    text = words_field(
        _("What do you need?"),
        rows=5,
        hint=_("In your own words: what happened, where, since when, what you would like."),
    )
    uploads = files_field()
    is_restricted = forms.BooleanField(
        label=_("About the conduct of staff: show it to the discipline office only"),
        required=False,
    )
    enterprise = forms.ModelChoiceField(
        label=_("Enterprise"), queryset=no_enterprises(), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Any]", self.fields["enterprise"])
        choice.queryset = enterprises_of(user)
        firms = list(choice.queryset[:2])
        if len(firms) == 1:
            choice.initial, choice.widget = firms[0].pk, forms.HiddenInput()


class NeedForEnterpriseForm(forms.Form):
    """A need that a clerk writes down for an enterprise that called or came."""

    enterprise = forms.CharField(
        label=_("Enterprise"),
        max_length=120,
        widget=forms.TextInput(attrs=OFFERS_ENTERPRISES),
        help_text=_("Type part of the name, its initials or the code, and choose."),
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.PHONE)
    outside_number = forms.CharField(
        label=_("Number there"),
        max_length=40,
        required=False,
        help_text=_("For instance that of the 12345 hotline. The case is found by it."),
    )
    text = words_field(_("What does the enterprise need?"), rows=5)
    uploads = files_field()

    def __init__(self, *args: Any, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who

    def clean_enterprise(self) -> Any:
        name = self.cleaned_data["enterprise"].strip()
        found = enterprise_named(name)
        if found is not None:
            return found
        near = enterprises_found(self.who, name, limit=MOST_PROPOSED)
        if near:
            raise forms.ValidationError(
                _("No enterprise is called “%(name)s”. Is it one of these? %(near)s"),
                params={"name": name, "near": "；".join(row.name for row in near)},
            )
        raise forms.ValidationError(
            _("No enterprise is called “%(name)s”. Please choose one that is offered."),
            params={"name": name},
        )


class AttachForm(forms.Form):
    uploads = files_field()
