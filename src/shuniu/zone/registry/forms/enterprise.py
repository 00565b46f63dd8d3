"""Colleagues and contacts of an enterprise."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.registry.forms.fields import MobileField, NameField, PhoneField


class ColleagueForm(forms.Form):
    name = NameField(label=_("Name"), max_length=60)
    phone = MobileField(
        label=_("Mobile number"),
        help_text=_("Your colleague will sign in with it."),
        attrs={"autocomplete": "off"},
    )


class PhoneForm(forms.Form):
    phone = MobileField(label=_("New mobile number"), attrs={"autocomplete": "off"})


class CodeForm(forms.Form):
    resets_second_factor = forms.BooleanField(
        label=_("The phone with the sign-in codes is lost too: set up two-step verification anew"),
        required=False,
    )


class ContactForm(forms.Form):
    name = NameField(label=_("Name"), max_length=60)
    title = NameField(label=pgettext_lazy("contact", "Position"), max_length=40, required=False)
    phone = PhoneField(
        label=_("Phone number"),
        help_text=_("Of a mobile, or of a landline with its area code."),
        attrs={"autocomplete": "off"},
    )
