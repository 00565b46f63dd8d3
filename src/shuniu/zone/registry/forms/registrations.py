"""Asking to be let in for an enterprise, and the word of the center."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import PasswordRefused, check_new_password
from shuniu.zone.registry.forms.fields import CreditCodeField, MobileField, NameField
from shuniu.zone.registry.services import NewRegistration

USER, ADMIN = "user", "admin"


class RegistrationForm(forms.Form):
    """What somebody sends to be let in for an enterprise."""

    credit_code = CreditCodeField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as on the business license."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
                "hx-post": reverse_lazy("registry:register-check"),
                "hx-trigger": "input changed delay:600ms",
                "hx-target": "#credit-code-word",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
    enterprise_name = NameField(
        label=_("Name of the enterprise"),
        max_length=120,
        help_text=_("In full, as on the business license."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = NameField(
        label=_("Your name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = NameField(
        label=_("Your position"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = MobileField(
        label=_("Your mobile number"),
        help_text=_("You will sign in with it, and we call it to check."),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a sentence of your own is easy to keep."),
    )
    agreed = forms.BooleanField(label=_("I have read what is kept about me and agree."))

    def clean(self) -> dict[str, Any]:
        """Tell of a password that cannot be taken together with what else is wrong."""
        given = self.cleaned_data
        if self.errors and (password := given.get("password")):
            somebody = User(sign_in_name=given.get("phone", ""), name=given.get("name", ""))
            try:
                check_new_password(somebody, password)
            except PasswordRefused as refused:
                for sentence in refused.messages:
                    self.add_error("password", str(sentence))
        return given

    def new(self) -> NewRegistration:
        """Return what the command takes."""
        given = self.cleaned_data
        return NewRegistration(
            credit_code=given["credit_code"],
            enterprise_name=given["enterprise_name"],
            name=given["name"],
            phone=given["phone"],
            position=given["position"],
            password=given["password"],
        )


class StateForm(forms.Form):
    """By what an applicant asks how their registration stands."""

    reference = forms.CharField(
        label=_("Reference number"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "7K3M-92QF",
                "class": "code-input",
            }
        ),
    )
    phone = MobileField(label=_("The mobile number you wrote"))


class ApproveForm(forms.Form):
    """How the applicant is let in; ``joins`` is the known enterprise that the page showed."""

    joins = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rank = forms.ChoiceField(
        label=_("May do"),
        choices=[
            (USER, _("send needs, as a colleague of those above")),
            (ADMIN, _("also look after the colleagues, as an administrator")),
        ],
        initial=USER,
        widget=forms.RadioSelect,
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        max_length=200,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "placeholder": _("The applicant reads this: what is missing, and what to do."),
            }
        ),
    )
