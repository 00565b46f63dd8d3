from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.registry.forms.fields import PhoneField


class CallerForm(forms.Form):
    """The number that somebody calls from."""

    number = PhoneField(label=_("Number of the caller"))
